"""Caching instructions for a node."""

from headwater import cache

INPUTS = {"seed": 4}
EXPECTED = {"sample": 8}


@cache(behavior="recompute")
def sample(seed: int) -> int:
    return seed * 2
