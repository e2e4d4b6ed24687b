"""The interface of libraries whose columns are expressions in a query, such as Spark.

A frame of such a library has no values until the query runs. A function with a column as its parameter therefore returns an
expression, or is called with batches of rows while the query runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, runtime_checkable

from headwater.introspection.source_location import SourceLocation
from headwater.libraries.table import FrameLibrary


@dataclass(frozen=True, slots=True)
class ColumnFunction:
    """A function that takes columns as arguments. It is applied to the expressions of these columns."""

    node: str
    """The name of the node, for messages."""
    location: SourceLocation
    call: Callable[..., Any]
    """The function. It takes the last arguments by keyword, and the others by position."""
    columns: tuple[int, ...]
    """The positions of the arguments that are columns."""
    references: Mapping[int, str]
    """For arguments that are frames: the name of the column to read, keyed by the position of the argument."""
    returns: Any
    """The return annotation of the function."""
    keywords: tuple[str, ...] = ()
    """The names of the arguments that are passed by keyword."""


class AppendedColumn(NamedTuple):
    """A column to append to a frame."""

    name: str
    node: str
    location: SourceLocation
    existing: str | None = None
    """The name of the frame's column that already has the values. None if the column's expression is passed to `append`."""


@dataclass(frozen=True, slots=True)
class QueryStep:
    """Columns to append in one step of a query, and existing columns to remove."""

    columns: tuple[AppendedColumn, ...]
    removed: tuple[str, ...] = ()


@runtime_checkable
class QueryLibrary(FrameLibrary, Protocol):
    """A data frame library whose columns are expressions in a query."""

    EXPRESSION: str
    """The name of the class of expressions, for messages."""
    BATCH: str
    """The name of the class of batches, for messages."""

    def accepts_expression(self, annotation: Any) -> bool:
        """Return True if an expression fits an annotation."""
        ...

    def accepts_batch(self, annotation: Any) -> bool:
        """Return True if a batch of a column fits an annotation."""
        ...

    def apply_to_expressions(self, function: ColumnFunction, *values: Any) -> Any:
        """Call a function with expressions, and return the resulting expression."""

    def apply_to_batches(self, function: ColumnFunction, frame: Any, *values: Any) -> Any:
        """Return the expression that applies a function to batches of columns while the query runs."""

    def append(self, step: QueryStep, frame: Any, *columns: Any) -> Any:
        """Return the frame with the columns that a step adds, and without the columns that the step removes.

        `columns` are the expressions of the added columns that the frame does not have yet.
        """
