"""An order in a tea shop."""

from headwater import extract_fields


@extract_fields({"cups": int, "tea": str})
def order() -> dict:
    """The order: number of cups, dollars per cup, and kind of tea."""
    return {"cups": 4, "price": 2.5, "tea": "green tea"}


def revenue(cups: int) -> float:
    """Revenue of the order, in dollars."""
    return cups * 2.5


def label(cups: int, tea: str) -> str:
    """Text on the receipt."""
    return f"{cups} x {tea}"
