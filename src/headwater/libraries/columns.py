"""`Column`: the operations on columns that data quality checks use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple, Protocol


class FoundValues(NamedTuple):
    """The values that a search in a column found: their number and the first few values."""

    number: int
    first: Sequence[object]


EXAMPLES: Final = 3
"""The number of values that a message shows."""


class Column(Protocol):
    """A column from any library, for checks. A value is missing if it is null, None or NaN."""

    @property
    def size(self) -> int:
        """Return the number of values, including missing ones."""
        ...

    @property
    def dtype(self) -> object:
        """Return the type of the values. Its `str()` is the name that the library prints."""
        ...

    def is_of(self, expected: Any) -> bool:
        """Return True if `expected` is the column's dtype, or a Python class of which every value is an instance."""
        ...

    def missing(self) -> FoundValues:
        """Return the missing values."""
        ...

    def outside(self, low: Any, high: Any) -> FoundValues:
        """Return the values that are not between two bounds, including missing ones."""
        ...

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """Return the values that are not in a collection, except missing ones."""
        ...

    def not_containing(self, text: str) -> FoundValues:
        """Return the strings that do not contain a substring, except missing ones."""
        ...

    def containing(self, text: str) -> FoundValues:
        """Return the strings that contain a substring, except missing ones."""
        ...

    def mean(self) -> float | None:
        """Return the mean of the values that are not missing, or None if there are no such values."""
        ...

    def standard_deviation(self) -> float | None:
        """Return the sample standard deviation (n - 1) of the values that are not missing. None for fewer than two values."""
        ...
