"""Result classes of numpy functions, for completion. numpy does not annotate its functions."""

from __future__ import annotations

from types import MethodDescriptorType
from typing import Any, Final

import numpy as np

_ARRAY_FUNCTIONS: Final = (np.ufunc, type(np.sum))
_CREATORS: Final = (
    *(np.arange, np.array, np.asarray, np.empty, np.eye, np.frombuffer, np.full, np.geomspace, np.identity, np.linspace),
    *(np.loadtxt, np.logspace, np.zeros),
)


def result(function: Any) -> type | None:
    """Return the class of a function's result, or None. Scalars count as arrays, because they have the same methods."""
    if function is np.random.default_rng:
        return np.random.Generator
    is_method = type(function) is MethodDescriptorType and function.__objclass__ is np.ndarray
    is_array = is_method or type(function) in _ARRAY_FUNCTIONS or any(function is creator for creator in _CREATORS)
    return np.ndarray if is_array else None
