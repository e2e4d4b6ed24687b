"""Previews of numpy arrays and scalars."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.previews import preview

np = pytest.importorskip("numpy")


def rows(value: Any) -> list[list[str]]:
    shown = preview(value)
    assert shown["kind"] == "table"
    return shown["rows"]


def test_vectors_and_matrices_are_tables_and_other_arrays_are_printed() -> None:
    assert rows(np.array([1, 2])) == [["1"], ["2"]]
    assert rows(np.eye(2)) == [["1.0", "0.0"], ["0.0", "1.0"]]
    shown = preview(np.zeros((2, 2, 2)))
    assert (shown["kind"], shown["type"]) == ("text", "ndarray 2 x 2 x 2 float64")
