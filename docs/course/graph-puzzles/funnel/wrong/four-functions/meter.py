"""Water that a household used on one day."""


def morning() -> int:
    """Water used in the morning, in liters."""
    return 12


def noon() -> int:
    """Water used at noon, in liters."""
    return 7


def evening() -> int:
    """Water used in the evening, in liters."""
    return 9


def total(morning: int, noon: int, evening: int) -> int:
    """Water used during the whole day, in liters."""
    return morning + noon + evening
