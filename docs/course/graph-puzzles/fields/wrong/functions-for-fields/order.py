"""An order in a tea shop."""


def order() -> dict:
    """The order: number of cups, dollars per cup, and kind of tea."""
    return {"cups": 4, "price": 2.5, "tea": "green tea"}


def cups(order: dict) -> int:
    """Number of cups."""
    return order["cups"]


def price(order: dict) -> float:
    """Price of a cup, in dollars."""
    return order["price"]


def tea(order: dict) -> str:
    """Kind of tea."""
    return order["tea"]


def revenue(cups: int, price: float) -> float:
    """Revenue of the order, in dollars."""
    return cups * price


def label(cups: int, tea: str) -> str:
    """Text on the receipt."""
    return f"{cups} x {tea}"
