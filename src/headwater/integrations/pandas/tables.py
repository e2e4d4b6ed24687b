"""pandas frames and series parsed from text that a user enters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def frame(text: str, separator: str | None) -> pd.DataFrame:
    """Parse a frame from CSV, or from JSON if `separator` is None."""
    if separator is None:
        return pd.DataFrame(pd.read_json(io.StringIO(text)))
    return pd.read_csv(io.StringIO(text), sep=separator)


def series(text: str, separator: str | None) -> pd.Series[Any]:
    """Parse a series from one column, or from two columns of which the first is the index.

    Raises:
        ValueError: if there are more than two columns.
    """
    if separator is None:
        parsed: pd.Series[Any] = pd.read_json(io.StringIO(text), typ="series")
        return parsed
    table = frame(text, separator)
    match table.shape[1]:
        case 1:
            return table.iloc[:, 0]
        case 2:
            return table.set_index(table.columns[0]).iloc[:, 0]
        case number:
            raise ValueError(f"a Series needs one column, or an index and one column, but the table has {number} columns")


READERS: Final[Mapping[type, Callable[[str, str | None], Any]]] = {pd.DataFrame: frame, pd.Series: series}
