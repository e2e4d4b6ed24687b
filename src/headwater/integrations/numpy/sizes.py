"""Sizes of numpy arrays in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from headwater.previews.sizes import own_size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAMPLES: Final = 100
"""The approximate number of Python objects to measure per array."""


def array_size(array: np.ndarray[Any, Any]) -> int:
    """Return the size of the elements. For a view, count only its own elements, not those of the whole array."""
    return array.nbytes + (objects_size(array.flat, array.size) if array.dtype.hasobject else 0)


def objects_size(values: Any, length: int) -> int:
    """Estimate the total size of Python objects from an evenly spaced sample.

    Objects that the sampled objects refer to are not counted.
    """
    if length == 0:
        return 0
    sample = values[:: max(1, length // SAMPLES)]
    return round(sum(map(own_size, sample)) * length / len(sample))


SIZES: Final[Mapping[type, Callable[[Any], int]]] = {np.ndarray: array_size}
