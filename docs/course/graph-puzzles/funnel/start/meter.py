"""Water that a household used on one day."""


def total() -> int:
    """Water used during the whole day, in liters."""
    morning, noon, evening = 12, 7, 9
    return morning + noon + evening
