"""Outputs joined into a pandas frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from headwater.errors import HeadwaterError
from headwater.integrations.pandas.frames import constant_column


class UnjoinableOutputs(HeadwaterError):
    """The outputs cannot be columns of one frame."""


@dataclass(frozen=True, slots=True)
class DataFrameResult:
    """A result builder that joins outputs into one frame: `Builder().with_result_builder(DataFrameResult())`.

    - Series and the columns of frames are joined on their index. This is an outer join: missing values are NaN.
    - Single values and dictionaries are repeated in every row.
    - Lists and arrays must be as long as the index.
    - A single frame is returned unchanged. If there are other outputs, the frame's columns are named `output.column`.
    - If no output is a series, frame, list or array, the result has one row.

    Raises:
        UnjoinableOutputs: if two columns have the same name, or a length does not match.
    """

    def build(self, outputs: Mapping[str, Any]) -> pd.DataFrame:
        """Return the outputs as columns of one frame."""
        if len(outputs) == 1:
            output = next(iter(outputs.values()))
            if isinstance(output, pd.DataFrame):
                return output
        columns = _unpacked(outputs)
        repeated = {name: value for name, value in columns.items() if isinstance(value, Mapping)}
        joined = {name: value for name, value in columns.items() if name not in repeated}
        if not any(_is_list_like(value) for value in joined.values()):
            return pd.DataFrame([columns])
        try:
            frame = pd.DataFrame(joined)
            # If a value is a dictionary, pandas would use its keys as an index.
            return frame.assign(**{name: constant_column(frame, name, value) for name, value in repeated.items()})[
                list(columns)
            ]
        except Exception as error:  # pandas raises various errors, such as NotImplementedError for a MultiIndex
            shown = ", ".join(f"`{name}` ({_described(value)})" for name, value in columns.items())
            reason = str(error).rstrip(".")
            raise UnjoinableOutputs(f"Cannot join the outputs into a frame: {reason}. Outputs: {shown}.") from error


def _unpacked(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs as columns, with columns of frames named `output.column`."""
    columns: dict[str, Any] = {}
    for name, value in outputs.items():
        parts = _columns_of(name, value) if isinstance(value, pd.DataFrame) else {name: value}
        for label, part in parts.items():
            if label in columns:
                raise UnjoinableOutputs(f"Two outputs have a column named `{label}`. Request only one of them, or rename one.")
            columns[label] = part
    return columns


def _columns_of(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of a frame that is joined with other outputs."""
    columns: dict[str, Any] = {}
    for position, label in enumerate(frame.columns):
        text = ".".join(map(str, label)) if isinstance(label, tuple) else str(label)
        if f"{name}.{text}" in columns:
            raise UnjoinableOutputs(f"Output `{name}` has two columns named `{text}`. Rename one of them.")
        columns[f"{name}.{text}"] = frame.iloc[:, position]
    return columns


def _is_list_like(value: object) -> bool:
    return bool(pd.api.types.is_list_like(value))


def _described(value: object) -> str:
    kind = type(value).__name__
    if isinstance(value, pd.Series) and isinstance(value.index, pd.MultiIndex):
        return f"{kind} of {len(value)} with a MultiIndex"
    return f"{kind} of {len(value)}" if isinstance(value, pd.Series | Sequence) and not isinstance(value, str) else kind
