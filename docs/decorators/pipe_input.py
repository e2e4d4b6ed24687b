"""An input passed through other functions before the function receives it."""

from headwater import pipe_input, source, step

CONFIG = {"careful": True}
INPUTS = {"price": -5.0, "factor": 3.0}
EXPECTED = {"total.with_positive": 5.0, "total.scaled": 15.0, "total": 16.0}


def _positive(amount: float) -> float:
    return abs(amount)


def _scaled(amount: float, by: float) -> float:
    return amount * by


@pipe_input(
    step(_positive).when(careful=True),
    step(_scaled, by=source("factor")).named("scaled"),
)
def total(price: float) -> float:
    return price + 1
