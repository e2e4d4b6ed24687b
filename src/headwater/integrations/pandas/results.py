"""Outputs joined to a frame of pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from headwater.errors import HeadwaterError
from headwater.integrations.pandas.frames import constant_column


class UnjoinableOutputs(HeadwaterError):
    """The outputs cannot stand side by side in one frame."""


@dataclass(frozen=True, slots=True)
class DataFrameResult:
    """Joins outputs to one `DataFrame` on their index: `Builder().with_result_builder(DataFrameResult())`.

    Series and the columns of frames are joined on the index (an outer join: what one lacks is NaN); values without an index
    are repeated in every row, and lists and arrays have to be as long as the index. A single frame is returned as it is.
    Outputs without any index make one row. Columns of a frame that stands beside other outputs are named `output.column`.
    A dictionary is a value without an index.

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
        repeated = {name: value for name, value in columns.items() if isinstance(value, Mapping)}
        joined = {name: value for name, value in columns.items() if name not in repeated}
        if not any(_is_list_like(value) for value in joined.values()):
            return pd.DataFrame([columns])
        try:
            frame = pd.DataFrame(joined)
            # pandas would take the keys of a dictionary for an index.
            return frame.assign(**{name: constant_column(frame, name, value) for name, value in repeated.items()})[
                list(columns)
            ]
        except Exception as error:  # pandas raises what it likes: for a MultiIndex a NotImplementedError
            shown = ", ".join(f"`{name}` ({_described(value)})" for name, value in columns.items())
            reason = str(error).rstrip(".")
            raise UnjoinableOutputs(f"The outputs do not make one frame: {reason}. They are: {shown}.") from error


def _unpacked(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs as columns, the columns of frames under `output.column`."""
    columns: dict[str, Any] = {}
    for name, value in outputs.items():
        parts = _columns_of(name, value) if isinstance(value, pd.DataFrame) else {name: value}
        for label, part in parts.items():
            if label in columns:
                raise UnjoinableOutputs(f"Two outputs make a column `{label}`. Ask for only one of them, or rename one.")
            columns[label] = part
    return columns


def _columns_of(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    """The columns of a frame that stands beside other outputs."""
    columns: dict[str, Any] = {}
    for place, label in enumerate(frame.columns):
        written = ".".join(map(str, label)) if isinstance(label, tuple) else str(label)
        if f"{name}.{written}" in columns:
            raise UnjoinableOutputs(f"The output `{name}` has two columns `{written}`. Rename one of them.")
        columns[f"{name}.{written}"] = frame.iloc[:, place]
    return columns


def _is_list_like(value: object) -> bool:
    return bool(pd.api.types.is_list_like(value))


def _described(value: object) -> str:
    kind = type(value).__name__
    if isinstance(value, pd.Series) and isinstance(value.index, pd.MultiIndex):
        return f"{kind} of {len(value)} with a MultiIndex"
    return f"{kind} of {len(value)}" if isinstance(value, pd.Series | Sequence) and not isinstance(value, str) else kind
