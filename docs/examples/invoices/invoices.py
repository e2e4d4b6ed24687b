"""Totals, reminders and tax of a few invoices, without any library."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from billing import INVOICES, Invoice

from headwater import Collect, Parallelizable

CENT = Decimal("0.01")


def invoice() -> Parallelizable[Invoice]:
    """All invoices. Functions with this parameter run once per invoice."""
    return INVOICES


def net(invoice: Invoice) -> Decimal:
    """Total of an invoice before tax, in EUR."""
    return sum(
        (line.price * line.quantity for line in invoice.lines), Decimal()
    )


def tax(invoice: Invoice) -> Decimal:
    """Value added tax of an invoice, in EUR, rounded for each line."""
    taxes = (line.price * line.quantity * line.vat for line in invoice.lines)
    return sum((tax.quantize(CENT) for tax in taxes), Decimal())


def total(net: Decimal, tax: Decimal) -> Decimal:
    """Total of an invoice with tax, in EUR."""
    return net + tax


def due(invoice: Invoice, days_to_pay: int = 14) -> date:
    """Last day to pay an invoice."""
    return invoice.issued + timedelta(days=days_to_pay)


def reminder(
    invoice: Invoice, total: Decimal, due: date, today: date = date(2026, 3, 10)
) -> str | None:
    """Reminder for an unpaid invoice, or None if it is not overdue."""
    if invoice.paid or due >= today:
        return None
    late = (today - due).days
    return (
        f"{invoice.customer}: {invoice.number}, {total} EUR, {late} days late"
    )


def reminders(reminder: Collect[str | None]) -> list[str]:
    """All reminders to send."""
    return [text for text in reminder if text is not None]


def balance(
    invoice: Collect[Invoice], total: Collect[Decimal]
) -> dict[str, Decimal]:
    """Unpaid amount of each customer, in EUR."""
    owed: dict[str, Decimal] = defaultdict(Decimal)
    for issued, amount in zip(invoice, total, strict=True):
        if not issued.paid:
            owed[issued.customer] += amount
    return dict(owed)


def tax_to_declare(tax: Collect[Decimal]) -> Decimal:
    """Value added tax of all invoices, in EUR."""
    return sum(tax, Decimal())
