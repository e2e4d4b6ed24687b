"""A parameter whose value is loaded from a file, a table or memory."""

from headwater import load_from, source

INPUTS = {"prices_path": "prices.json"}
EXPECTED = {"total": 12.5}


@load_from.json(path=source("prices_path"))
def total(prices: list[float]) -> float:
    return sum(prices)
