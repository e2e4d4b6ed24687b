"""`Page`: the part of a large table to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from headwater.wire.views import TablePreview

ROWS: Final = 50
COLUMNS: Final = 30


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a table that starts at a row and a column. If it would extend beyond the end, it is moved back."""

    row: int = 0
    column: int = 0

    def rows(self, height: int) -> slice:
        """Return the rows to show from a table of this height."""
        return _part(self.row, height, ROWS)

    def columns(self, width: int) -> slice:
        """Return the columns to show from a table of this width."""
        return _part(self.column, width, COLUMNS)

    def with_position(self, table: TablePreview) -> TablePreview:
        """Add the position of this page to a preview, unless it is the first page."""
        height, width = [*table["shape"], 0, 0][:2]
        preview = table.copy()
        if row := self.rows(height).start:
            preview["row"] = row
        if column := self.columns(width).start:
            preview["column"] = column
        return preview


def _part(first: int, length: int, size: int) -> slice:
    """Return a slice of at most `size` items. If it would extend beyond the end, move it back."""
    start = max(0, min(first, length - size))
    return slice(start, start + size)


FIRST: Final = Page()
