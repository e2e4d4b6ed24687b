"""A function that saves data and returns metadata."""

from headwater import datasaver

INPUTS = {"price": 2.5, "units": 4}
EXPECTED = {"saved_total": {"saved": 10.0}}


def total(price: float, units: int) -> float:
    return price * units


@datasaver()
def saved_total(total: float) -> dict[str, float]:
    return {"saved": total}
