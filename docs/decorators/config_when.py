"""Variants of a node, selected by the config."""

from headwater import config

CONFIG = {"region": "us"}
INPUTS = {"price": 100.0}
EXPECTED = {"tax": 8.0}


@config.when(region="us")
def tax__us(price: float) -> float:
    return price * 0.08


@config.otherwise
def tax__elsewhere(price: float, rate: float = 0.2) -> float:
    return price * rate
