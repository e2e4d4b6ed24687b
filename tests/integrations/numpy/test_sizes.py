"""The sizes of numpy arrays in memory."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from headwater.previews.sizes import value_size


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (np.zeros((100, 10)), 8_000),
        (np.zeros((100, 10))[:50, ::2], 2_000),
        (np.zeros(0, dtype=object), 0),
        (np.array(["x" * 1_000] * 200, dtype=object), 200 * (np.dtype(object).itemsize + sys.getsizeof("x" * 1_000))),
    ],
    ids=["matrix", "part", "empty", "objects"],
)
def test_an_array_has_the_size_of_its_elements(value: object, size: int) -> None:
    assert value_size(value) == size
