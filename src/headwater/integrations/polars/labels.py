"""Labels of polars values: the columns of frames. Lazy frames are not supported, because reading their columns may run code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def frame_labels(frame: pl.DataFrame) -> Iterator[tuple[object, str]]:
    """Yield the columns with their data types."""
    yield from ((name, str(dtype)) for name, dtype in frame.schema.items())


LABELS: Final[Mapping[type, Callable[[Any], Iterator[tuple[object, str]]]]] = {pl.DataFrame: frame_labels}
