"""The curve of a column shows the column's extremes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from headwater.previews import preview
from headwater.previews.pages import Page
from headwater.wire.bounds import MAX_POINTS

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")


def curve(value: Any, page: Page = Page()) -> Any:  # noqa: B008 - the default is immutable
    shown = preview(value, page)
    assert shown["kind"] == "table"
    return shown.get("curve")


@pytest.mark.parametrize("length", [8, 319, 320, 321, 1095, 100_000, 1 << 19])
@pytest.mark.parametrize(
    "convert", [np.asarray, pd.Series, lambda values: pd.DataFrame({"a": values}), lambda values: values[:, None]]
)
def test_single_extremes_of_a_long_column_are_drawn(length: int, convert: Any) -> None:
    values = np.full(length, 10.0)
    values[length // 3], values[2 * length // 3] = -5.0, 99.0
    drawn = curve(convert(values))
    assert (drawn["count"], drawn["gaps"], float(drawn["low"]), float(drawn["high"])) == (length, 0, -5.0, 99.0)
    heights = [height for part in drawn["points"] for height in part]
    assert len(drawn["points"]) <= MAX_POINTS
    assert (heights.count(0.0), heights.count(1.0)) == (1, 1)
    assert heights.index(0.0) < heights.index(1.0)


def test_every_page_has_the_curve_of_the_complete_column() -> None:
    series = pd.Series(range(1095))
    assert curve(series) == curve(series, Page(row=500))
    assert curve(series)["count"] == 1095


@pytest.mark.parametrize(
    ("values", "gaps", "low", "high", "heights"),
    [
        (pd.Series([math.nan, math.inf, -math.inf, *range(9)]), 3, "0.0", "8.0", [None, None, None, 0.0, 0.125]),
        (pd.Series([1, None] * 8, dtype="Int64"), 8, "1", "1", [0.5, None]),
        (pd.Series([True, False] * 5), 0, "False", "True", [1.0, 0.0]),
        (pd.Series([True, False, None] * 5, dtype="boolean"), 5, "False", "True", [1.0, 0.0, None]),
        (pd.Series([7.5] * 9), 0, "7.5", "7.5", [0.5]),
        (pd.Series(pd.date_range("2020-01-01", periods=9)), 0, "2020-01-01", "2020-01-09", [0.0, 0.125]),
        (
            pd.Series(pd.date_range("2020-01-01", periods=9, tz="Europe/Zurich")),
            0,
            "2020-01-01 00:00:00+01:00",
            "2020-01-09 00:00:00+01:00",
            [0.0, 0.125],
        ),
        (pd.Series([pd.NaT, *pd.to_timedelta(range(9), "D")]), 1, "0 days", "8 days", [None, 0.0, 0.125]),
        (np.array(["NaT", *(f"2020-01-0{day}" for day in range(1, 10))], "M8[D]"), 1, "2020-01-01", "2020-01-09", [None, 0.0]),
        (np.array([-1e308, 1e308] * 5), 0, "-1e+308", "1e+308", [0.0, 1.0]),
        (np.array([2**63, 2**64 - 1] * 5, "u8"), 0, "9223372036854775808", "18446744073709551615", [0.0, 1.0]),
        (np.array([5e-324, 0.0] * 5), 0, "0.0", "5e-324", [1.0, 0.0]),
    ],
)
def test_gaps_booleans_dates_and_extreme_numbers_are_drawn(
    values: Any, gaps: int, low: str, high: str, heights: list[float | None]
) -> None:
    drawn = curve(values)
    assert (drawn["count"], drawn["gaps"], drawn["low"], drawn["high"]) == (len(values), gaps, low, high)
    assert drawn["points"][: len(heights)] == [[] if height is None else [height] for height in heights]


@pytest.mark.parametrize(
    "value",
    [
        pd.Series([1, 2]),
        pd.Series([], dtype=float),
        pd.Series([math.nan] * 50),
        pd.Series([1.0] * 7 + [math.inf] * 50),
        pd.Series(["a"] * 50),
        pd.Series([1j] * 50),
        pd.Series(pd.Categorical([1, 2] * 25)),
        pd.Series([object()] * 50),
        pd.DataFrame({"a": range(50), "b": range(50)}),
        np.array(["a"] * 50),
        np.zeros((50, 2)),
    ],
)
def test_short_and_unordered_columns_have_no_curve(value: Any) -> None:
    assert curve(value) is None
