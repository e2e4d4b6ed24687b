"""Sales of a shop in one year."""

from headwater import group, inject, parameterize, source, value


@parameterize(
    spring={"thousands": value(10)},
    summer={"thousands": value(11)},
    autumn={"thousands": value(15)},
    winter={"thousands": value(19)},
)
def quarter(thousands: int) -> int:
    """Sales of a quarter, in thousands of dollars."""
    return thousands


def half(spring: int, summer: int) -> int:
    """Sales of the first half, in thousands of dollars."""
    return spring + summer


@inject(
    quarters=group(
        source("spring"), source("summer"), source("autumn"), source("winter")
    )
)
def year(quarters: list[int]) -> int:
    """Sales of the year, in thousands of dollars."""
    return sum(quarters)
