"""Water that a household used on one day."""

from headwater import parameterize, value


@parameterize(
    morning={"liters": value(12)},
    noon={"liters": value(7)},
    evening={"liters": value(9)},
)
def reading(liters: int) -> int:
    """Water used during part of the day, in liters."""
    return liters


def total(morning: int, noon: int) -> int:
    """Water used during the whole day, in liters."""
    return morning + noon + 9
