"""A decorator computed from the config."""

from headwater import parameterize, resolve, value

CONFIG = {"days": [7, 30]}
INPUTS = {"rate": 2}
EXPECTED = {"cost_7": 14, "cost_30": 60}


@resolve(decorate_with=lambda days: parameterize(**{f"cost_{n}": {"n": value(n)} for n in days}))
def cost(rate: int, n: int) -> int:
    return rate * n
