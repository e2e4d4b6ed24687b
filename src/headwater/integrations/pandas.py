"""pandas: columns of frames as nodes, checks on columns, and outputs joined to a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from headwater.errors import HeadwaterError


def is_frame(type_: type) -> bool:
    """True for `DataFrame` and what is made from it."""
    return issubclass(type_, pd.DataFrame)


def column_type() -> type:
    """A column is a `Series`."""
    return pd.Series


def column_names(frame: pd.DataFrame) -> Sequence[object]:
    """The names of a frame's columns."""
    return list(frame.columns)


def column(frame: pd.DataFrame, name: str) -> Any:
    """One column of a frame."""
    return frame[name]


def column_at(frame: pd.DataFrame, place: int, name: str) -> Any:
    """The column at a place, under another name."""
    return frame.iloc[:, place].rename(name)


def filled_column(frame: pd.DataFrame, name: str, value: Any) -> Any:
    """The same value in every row of a frame."""
    return pd.Series(value, index=frame.index, name=name)


def with_columns(frame: pd.DataFrame, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A new frame that has these columns as well."""
    return frame.assign(**columns)


class UnjoinableOutputs(HeadwaterError):
    """The outputs cannot stand side by side in one frame."""


@dataclass(frozen=True, slots=True)
class DataFrameResult:
    """Joins outputs to one `DataFrame` on their index: `Builder().with_result_builder(DataFrameResult())`.

    Series and the columns of frames are joined on the index (an outer join: what one lacks is NaN); values without an index
    are repeated in every row, and lists and arrays have to be as long as the index. A single frame is returned as it is.
    Outputs without any index make one row. Columns of a frame that stands beside other outputs are named `output.column`.

    Raises:
        UnjoinableOutputs: where two columns have the same name, or a length does not match.
    """

    def build(self, outputs: Mapping[str, Any]) -> pd.DataFrame:
        """The outputs as columns of one frame."""
        if len(outputs) == 1:
            only = next(iter(outputs.values()))
            if isinstance(only, pd.DataFrame):
                return only
        columns = _unpacked(outputs)
        indexed = [value for value in columns.values() if isinstance(value, pd.Series | pd.Index)]
        if not indexed and not any(_is_list_like(value) for value in columns.values()):
            return pd.DataFrame([columns])
        try:
            return pd.DataFrame(columns)
        except (ValueError, TypeError) as error:
            shown = ", ".join(f"`{name}` ({_described(value)})" for name, value in columns.items())
            raise UnjoinableOutputs(f"The outputs do not make one frame: {error} They are: {shown}.") from error


def _unpacked(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs as columns, the columns of frames under `output.column`."""
    columns: dict[str, Any] = {}
    for name, value in outputs.items():
        if isinstance(value, pd.DataFrame):
            parts = {f"{name}.{label}": value[label] for label in value.columns}
        else:
            parts = {name: value}
        for label, part in parts.items():
            if label in columns:
                raise UnjoinableOutputs(f"Two outputs make a column `{label}`. Ask for only one of them, or rename one.")
            columns[label] = part
    return columns


def _is_list_like(value: object) -> bool:
    return bool(pd.api.types.is_list_like(value)) and not isinstance(value, Mapping)


def _described(value: object) -> str:
    kind = type(value).__name__
    return f"{kind} of {len(value)}" if isinstance(value, pd.Series | Sequence) and not isinstance(value, str) else kind
