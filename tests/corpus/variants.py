"""Variants of a function, selected by the config."""

from headwater import config
from headwater.decorators import tag
from headwater.decorators.config import when_in

REGIONS = ["us", "ca"]


@config.when(region="us")
def rate__us(base: float) -> float:
    return base


@config.when_in(region=["fr", "de"])
def rate__eu(base: float, vat: float = 0.2) -> float:
    return base * vat


@tag(kind="fallback")
@config.otherwise
def rate__elsewhere(fallback: float) -> float:
    return fallback


@when_in(region=REGIONS)
def duty__america() -> int:
    return 1


@config.when_not_in(region=REGIONS)
def duty__abroad(rate: float) -> int:
    return 2


@config.when_not(region=None)
def only_with_config(rate: float) -> float:
    return rate


def plain__suffix(rate: float) -> float:
    return rate
