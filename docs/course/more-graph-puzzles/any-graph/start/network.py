"""Water at the stations of a river, in cubic meters per second."""


def alp() -> int:
    """Water at the source in the mountains."""
    return 1


def bog() -> int:
    """Water at the source in the bog."""
    return 2


def cove(alp: int, bog: int) -> int:
    """Water at the cove."""
    return 3 + alp + bog


def dam(alp: int) -> int:
    """Water at the dam."""
    return 4 + alp


def east(dam: int) -> int:
    """Water in the eastern arm."""
    return 5 + dam


def ford(cove: int, bog: int) -> int:
    """Water at the ford."""
    return 2 + cove + bog


def gorge(cove: int, dam: int) -> int:
    """Water in the gorge."""
    return 3 + cove + dam


def delta(east: int, ford: int, gorge: int) -> int:
    """Water in the delta."""
    return east + ford + gorge
