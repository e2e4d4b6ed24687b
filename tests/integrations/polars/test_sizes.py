"""The sizes of polars values in memory."""

from __future__ import annotations

import pytest

from headwater.previews.sizes import value_size

pl = pytest.importorskip("polars")


def test_frames_and_series_have_the_size_of_their_buffers() -> None:
    column = pl.Series("a", range(1_000), dtype=pl.Int64)
    assert value_size(column) == 8_000
    assert value_size(pl.DataFrame([column, column.rename("b")])) == 16_000
