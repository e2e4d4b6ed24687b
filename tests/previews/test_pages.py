"""Pages of tables, and values without pages."""

from __future__ import annotations

import pytest

from headwater.previews import Page, preview

np = pytest.importorskip("numpy")


pd = pytest.importorskip("pandas")


TALL = pd.DataFrame({f"c{column}": range(column, column + 130) for column in range(70)})


@pytest.mark.parametrize(
    ("row", "column", "first", "names"),
    [(0, 0, 0, ("c0", "c29")), (50, 30, 50, ("c30", "c59")), (125, 65, 80, ("c40", "c69")), (9999, 0, 80, ("c0", "c29"))],
)
def test_a_page_of_a_frame_begins_as_requested_or_is_the_last(
    row: int, column: int, first: int, names: tuple[str, str]
) -> None:
    shown = preview(TALL, Page(row, column))
    assert shown["kind"] == "table"
    assert (shown.get("row", 0), len(shown["rows"]), shown["rows"][0][0]) == (first, 50, str(first))
    assert (shown["columns"][1]["name"], shown["columns"][-1]["name"]) == names
    assert shown.get("column", 0) == int(names[0][1:])
    assert shown["shape"] == [130, 70]


@pytest.mark.parametrize("value", [TALL["c0"], pd.Index(range(130)), np.arange(130), np.arange(260).reshape(130, 2)])
def test_every_table_has_pages(value: object) -> None:
    shown = preview(value, Page(row=60))
    assert shown["kind"] == "table"
    assert (shown.get("row"), len(shown["rows"])) == (60, 50)
    assert "column" not in shown
    assert preview(value, Page()) == preview(value)


def test_a_value_without_pages_is_shown_completely() -> None:
    assert preview([1, 2], Page(row=60)) == preview([1, 2])
    assert preview(pd.Series([1, 2]), Page(row=60)) == preview(pd.Series([1, 2]))
