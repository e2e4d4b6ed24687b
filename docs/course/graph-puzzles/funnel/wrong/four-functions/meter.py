"""Water that a household used on one day."""


def morning() -> int:
    """Water of the morning, in liters."""
    return 12


def noon() -> int:
    """Water of the noon, in liters."""
    return 7


def evening() -> int:
    """Water of the evening, in liters."""
    return 9


def total(morning: int, noon: int, evening: int) -> int:
    """Water of the whole day, in liters."""
    return morning + noon + evening
