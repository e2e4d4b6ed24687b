"""Types and data of the invoices."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """A line of an invoice: a net price in EUR, and a quantity."""

    product: str
    price: Decimal
    quantity: int
    vat: Decimal  # the rate, such as 0.19


@dataclass(frozen=True)
class Invoice:
    """An invoice to a customer."""

    number: str
    customer: str
    issued: date
    paid: bool
    lines: tuple[Line, ...]


FULL, REDUCED = Decimal("0.19"), Decimal("0.07")
BOOK = Line("Book", Decimal("18.60"), 2, REDUCED)
LAMP = Line("Lamp", Decimal("49.90"), 1, FULL)
DESK = Line("Desk", Decimal("379.00"), 1, FULL)
PENS = Line("Pens", Decimal("0.85"), 40, FULL)

INVOICES = (
    Invoice("1001", "Ada", date(2026, 1, 12), paid=True, lines=(BOOK, LAMP)),
    Invoice("1002", "Grace", date(2026, 2, 3), paid=False, lines=(DESK,)),
    Invoice("1003", "Ada", date(2026, 2, 20), paid=False, lines=(PENS, BOOK)),
    Invoice("1004", "Linus", date(2026, 3, 9), paid=False, lines=(DESK, LAMP)),
)
