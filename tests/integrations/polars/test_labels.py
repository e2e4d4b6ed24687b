"""The columns of polars frames, for completion."""

from __future__ import annotations

import pytest

from headwater.session.value_keys import keys_of

pl = pytest.importorskip("polars")


def test_a_frame_has_its_columns_with_their_data_types() -> None:
    frame = pl.DataFrame({"city": ["Oslo"], "rain": [1.5]})
    assert keys_of(frame) == [{"name": "city", "type": "String"}, {"name": "rain", "type": "Float64"}]


def test_a_lazy_frame_has_no_keys_because_its_columns_may_depend_on_running_code() -> None:
    assert keys_of(pl.LazyFrame({"city": ["Oslo"]})) == []
