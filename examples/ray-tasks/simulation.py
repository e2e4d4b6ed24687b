"""An estimate of pi from random points, in parts that run at the same time."""

from __future__ import annotations

import random

from headwater import Collect, Parallelizable


def seed(parts: int = 8) -> Parallelizable[int]:
    """The seed of each part."""
    return list(range(parts))


def hits(seed: int, points: int = 20_000) -> int:
    """Number of random points in the unit square that are inside the circle."""
    rng = random.Random(seed)  # noqa: S311 - a simulation, not cryptography
    return sum(rng.random() ** 2 + rng.random() ** 2 <= 1 for _ in range(points))


def pi(hits: Collect[int], points: int = 20_000) -> float:
    """Estimate of pi from all parts."""
    return round(4 * sum(hits) / (points * len(hits)), 3)
