"""Savers of matplotlib figures."""

from __future__ import annotations

import html
import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.figure import Figure

from headwater.io.files import binary_file, write_text
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, Metadata


@dataclass(frozen=True)
class MatplotlibPngSaver:
    """Saves a figure as a picture."""

    path: FileLocation
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
        with binary_file(self.path, self.name()) as file:
            data.savefig(file, format="png", dpi=self.dpi, transparent=self.transparent, bbox_inches=self.bbox_inches)
        return file_metadata(self.path)


@dataclass(frozen=True)
class MatplotlibHtmlSaver:
    """Saves a figure as a page that needs nothing else: the figure is drawn in it as SVG."""

    path: FileLocation
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
        write_text(self.path, page, "utf-8", self.name())
        return file_metadata(self.path)


ADAPTERS: Final = (MatplotlibHtmlSaver, MatplotlibPngSaver)
