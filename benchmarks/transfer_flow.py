"""A dataflow whose functions receive and return arrays or frames."""

from typing import Any

import numpy as np

from headwater import Parallelizable


def block(blocks: list[Any]) -> Parallelizable[Any]:
    """Return the arrays or frames as elements."""
    return blocks


def block_total(block: Any) -> float:
    """Read the entire value, so that all of its data must be transferred."""
    return float(np.asarray(block).sum())


def number(count: int) -> Parallelizable[int]:
    """Return numbers."""
    return range(count)


def table_total(number: int, table: Any) -> float:
    """Read the entire table, which is the same in every call."""
    return number + block_total(table)


def produced(number: int, megabytes: int) -> Any:
    """Return a new array of the given size."""
    return np.full(megabytes * 125_000, float(number))
