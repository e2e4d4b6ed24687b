"""Several subdags from the same functions."""

from headwater import exclude, parameterized_subdag, source

INPUTS = {"berlin": 10.0, "boston": 10.0}
EXPECTED = {"berlin_total": 12.0, "boston_total": 11.0}

RATES = {"eu": 1.2, "us": 1.1}


@exclude
def taxed(price: float, region: str) -> float:
    return price * RATES[region]


@parameterized_subdag(
    taxed,
    berlin_total={"inputs": {"price": source("berlin")}, "config": {"region": "eu"}},
    boston_total={"inputs": {"price": source("boston")}, "config": {"region": "us"}},
)
def total(taxed: float) -> float:
    return round(taxed, 2)
