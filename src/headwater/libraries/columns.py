"""`Column`: what a library of columns can say of one. The checks of data quality are made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple, Protocol


class FoundValues(NamedTuple):
    """Some of a column's values: how many, and the first few of them."""

    number: int
    first: Sequence[object]


EXAMPLES: Final = 3
"""The wrong values that a message shows."""


class Column(Protocol):
    """A column of some library, as the checks look at it. A value is missing if it is null, None or NaN."""

    @property
    def size(self) -> int:
        """The number of values, missing ones included."""
        ...

    @property
    def dtype(self) -> object:
        """The type of the values, as the library prints it."""
        ...

    def is_of(self, wanted: Any) -> bool:
        """True if the values are of a Python class, or of a dtype of the library."""
        ...

    def missing(self) -> FoundValues:
        """The missing values."""
        ...

    def outside(self, low: Any, high: Any) -> FoundValues:
        """The values that are not between two bounds; missing ones are not."""
        ...

    def not_in(self, values: Collection[Any]) -> FoundValues:
        """The values that are none of these; missing ones are not looked at."""
        ...

    def not_containing(self, text: str) -> FoundValues:
        """The texts that do not contain another; missing ones are not looked at."""
        ...

    def containing(self, text: str) -> FoundValues:
        """The texts that contain another; missing ones are not looked at."""
        ...

    def mean(self) -> float | None:
        """The mean of what is not missing, or None if all is."""
        ...

    def standard_deviation(self) -> float | None:
        """The sample standard deviation (of n - 1) of what is not missing; None for fewer than two values."""
        ...
