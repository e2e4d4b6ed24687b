"""numpy arrays, as the checks look at them: all their values, in whatever shape."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import numpy as np

from headwater.quality.columns import EXAMPLES, Found

_KINDS: Final = {int: np.integer, float: np.floating, bool: np.bool_, complex: np.complexfloating, str: np.str_}

_NUMBERS: Final = frozenset("biufc")


class NumpyColumn:
    """An array, as checks look at it."""

    def __init__(self, array: Any) -> None:
        self._values = array.reshape(-1)

    @property
    def size(self) -> int:
        """The number of values."""
        return int(self._values.size)

    @property
    def dtype(self) -> object:
        """The dtype."""
        return self._values.dtype

    def is_of(self, wanted: Any) -> bool:
        """True for the dtypes below numpy's counterpart of a Python class, and for numpy's own."""
        return bool(np.issubdtype(self._values.dtype, _KINDS.get(wanted, wanted)))

    def missing(self) -> Found:
        """NaN, NaT, and None in arrays of objects."""
        return self._found(self._is_missing())

    def outside(self, low: Any, high: Any) -> Found:
        """The values outside, NaN among them."""
        return self._found(~((self._values >= low) & (self._values <= high)))

    def not_among(self, values: Collection[Any]) -> Found:
        """The values that are none of these."""
        wanted = np.array(list(values))
        if {wanted.dtype.kind, self._values.dtype.kind} <= _NUMBERS:
            there = np.isin(self._values, wanted)
        else:  # numpy would make texts of numbers that stand beside texts
            there = np.array([value in values for value in self._values.tolist()], dtype=bool)
        return self._found(~self._is_missing() & ~there)

    def lacking(self, text: str) -> Found:
        """The texts without another in them."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) < 0))

    def containing(self, text: str) -> Found:
        """The texts with another in them."""
        return self._found(~self._is_missing() & (np.strings.find(self._values, text) >= 0))

    def mean(self) -> float | None:
        """The mean."""
        there = self._values[~self._is_missing()]
        return float(there.mean()) if there.size else None

    def deviation(self) -> float | None:
        """The standard deviation."""
        there = self._values[~self._is_missing()]
        return float(there.std(ddof=1)) if there.size > 1 else None

    def _is_missing(self) -> Any:
        if self._values.dtype == object:
            return np.array([value is None or bool(value != value) for value in self._values], dtype=bool)  # noqa: PLR0124 - NaN
        return self._values != self._values

    def _found(self, where: Any) -> Found:
        wrong = self._values[where]
        return Found(int(wrong.size), wrong[:EXAMPLES].tolist())


COLUMN_CLASS: type = np.ndarray
column: type = NumpyColumn
