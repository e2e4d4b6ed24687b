"""Water that a household used on one day."""


def total(morning: int = 12, noon: int = 7, evening: int = 9) -> int:
    """Water used during the whole day, in liters."""
    return morning + noon + evening
