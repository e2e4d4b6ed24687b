"""`Page`: which part of a large table to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from headwater.wire.views import TablePreview

ROWS: Final = 50
COLUMNS: Final = 30


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a table, by its first row and column; where there are not as many, the last ones are shown."""

    row: int = 0
    column: int = 0

    def rows(self, height: int) -> slice:
        """The rows to show of so many."""
        return _part(self.row, height, ROWS)

    def columns(self, width: int) -> slice:
        """The columns to show of so many."""
        return _part(self.column, width, COLUMNS)

    def with_position(self, table: TablePreview) -> TablePreview:
        """A preview of this page, which says where it stands unless that is at the beginning."""
        height, width = [*table["shape"], 0, 0][:2]
        placed = table.copy()
        if row := self.rows(height).start:
            placed["row"] = row
        if column := self.columns(width).start:
            placed["column"] = column
        return placed


def _part(first: int, length: int, size: int) -> slice:
    """A part that is as long as can be, whichever its first item is."""
    start = max(0, min(first, length - size))
    return slice(start, start + size)


FIRST: Final = Page()
