"""An order in a tea shop."""

from headwater import extract_fields


@extract_fields({"cups": int, "price": float, "tea": str})
def order() -> dict:
    """The order: number of cups, dollars per cup, and kind of tea."""
    return {"cups": 4, "price": 2.5, "tea": "green tea"}


def revenue(cups: int, price: float) -> float:
    """Revenue of the order, in dollars."""
    return cups * price


def label(order: dict) -> str:
    """Text on the receipt."""
    return f"{order['cups']} x {order['tea']}"
