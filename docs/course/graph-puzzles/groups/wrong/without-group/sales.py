"""Sales of a shop in one year."""

from headwater import group, parameterize, source, value


@parameterize(
    spring={"thousands": value(10)},
    summer={"thousands": value(11)},
    autumn={"thousands": value(15)},
    winter={"thousands": value(19)},
)
def quarter(thousands: int) -> int:
    """Sales of a quarter, in thousands of dollars."""
    return thousands


FIRST = [source("spring"), source("summer")]
SECOND = [source("autumn"), source("winter")]


@parameterize(
    half={"quarters": FIRST},
    year={"quarters": group(*FIRST, *SECOND)},
)
def total(quarters: list[int]) -> int:
    """Sum of the sales, in thousands of dollars."""
    return sum(quarters)
