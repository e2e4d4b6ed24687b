"""The sizes of pyarrow values in memory."""

from __future__ import annotations

import pytest

from headwater.previews.sizes import value_size

pa = pytest.importorskip("pyarrow")


def test_arrays_and_tables_have_the_size_of_their_buffers() -> None:
    array = pa.array(range(1_000), type=pa.int64())
    table = pa.table({"a": array})
    assert [value_size(value) for value in (array, table, table["a"], table.to_batches()[0])] == [8_000] * 4
