"""Several nodes from one function, each with a different value of one parameter."""

from headwater import parameterize_values

INPUTS = {"rate": 2}
EXPECTED = {"weekly": 14, "monthly": 60}


@parameterize_values("days", {"weekly": 7, ("monthly", "The cost for a month."): 30})
def cost(rate: int, days: int) -> int:
    return rate * days
