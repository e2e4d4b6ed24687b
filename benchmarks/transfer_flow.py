"""A dataflow whose functions receive and return arrays or frames."""

from typing import Any

import numpy as np

from headwater import Parallelizable


def block(blocks: list[Any]) -> Parallelizable[Any]:
    """Return arrays or frames."""
    return blocks


def block_total(block: Any) -> float:
    """Read an entire value, so that all of it must arrive."""
    return float(np.asarray(block).sum())


def number(count: int) -> Parallelizable[int]:
    """Return numbers."""
    return range(count)


def table_total(number: int, table: Any) -> float:
    """Read all of a value that each call receives."""
    return number + block_total(table)


def produced(number: int, megabytes: int) -> Any:
    """Return a new array."""
    return np.full(megabytes * 125_000, float(number))
