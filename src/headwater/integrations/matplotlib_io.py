"""Savers of matplotlib figures."""

from __future__ import annotations

import html
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure

from headwater.io.atomic import replacing
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FilePath, Metadata


@dataclass(frozen=True)
class PngSaver:
    """Saves a figure as a picture."""

    path: FilePath
    dpi: float = 150
    transparent: bool = False
    bbox_inches: str | None = "tight"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "png"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Figures."""
        return (Figure,)

    def save_data(self, data: Figure) -> Metadata:
        """Writes the file."""
        with replacing(self.path) as temporary:
            data.savefig(temporary, format="png", dpi=self.dpi, transparent=self.transparent, bbox_inches=self.bbox_inches)
        return file_metadata(self.path)


@dataclass(frozen=True)
class HtmlSaver:
    """Saves a figure as a page that needs nothing else: the figure is drawn in it as SVG."""

    path: FilePath
    title: str = "Figure"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "html"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Figures."""
        return (Figure,)

    def save_data(self, data: Figure) -> Metadata:
        """Writes the file."""
        drawn = io.StringIO()
        data.savefig(drawn, format="svg", bbox_inches="tight")
        svg = drawn.getvalue()
        page = f'<!doctype html>\n<meta charset="utf-8">\n<title>{html.escape(self.title)}</title>\n{svg[svg.index("<svg") :]}'
        with replacing(self.path) as temporary:
            Path(temporary).write_text(page, encoding="utf-8")
        return file_metadata(self.path)


ADAPTERS: Final = (HtmlSaver, PngSaver)
