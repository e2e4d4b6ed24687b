"""A loan with constant payments."""

from __future__ import annotations

Schedule = list[dict[str, float]]


def monthly_rate(yearly_rate: float) -> float:
    """Interest rate for one month, as a fraction."""
    return yearly_rate / 100 / 12


def payment(amount: float, monthly_rate: float, months: int) -> float:
    """Monthly payment, in EUR."""
    if monthly_rate == 0:
        return amount / months
    return amount * monthly_rate / (1 - (1 + monthly_rate) ** -months)


def schedule(amount: float, monthly_rate: float, payment: float, months: int) -> Schedule:
    """Interest and remaining debt for each month, in EUR."""
    rows: Schedule = []
    debt = amount
    for month in range(1, months + 1):
        interest = debt * monthly_rate
        debt += interest - payment
        rows.append({"month": month, "interest": round(interest, 2), "debt": round(abs(debt), 2)})
    return rows


def total_interest(schedule: Schedule) -> float:
    """Total interest, in EUR."""
    return round(sum(row["interest"] for row in schedule), 2)
