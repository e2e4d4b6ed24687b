"""An order in a tea shop."""


def order() -> dict:
    """The order: number of cups, dollars per cup, and kind of tea."""
    return {"cups": 4, "price": 2.5, "tea": "green tea"}


def revenue(order: dict) -> float:
    """Revenue of the order, in dollars."""
    return order["cups"] * order["price"]


def label(order: dict) -> str:
    """Text on the receipt."""
    return f"{order['cups']} x {order['tea']}"
