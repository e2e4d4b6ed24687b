"""Savers for matplotlib figures."""

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
    """A saver that writes figures as PNG images."""

    path: FileLocation
    dpi: float = 150
    transparent: bool = False
    bbox_inches: str | None = "tight"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "png"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the figure class."""
        return (Figure,)

    def save_data(self, data: Figure) -> Metadata:
        """Write the file."""
        with binary_file(self.path, self.name()) as file:
            data.savefig(file, format="png", dpi=self.dpi, transparent=self.transparent, bbox_inches=self.bbox_inches)
        return file_metadata(self.path)


@dataclass(frozen=True)
class MatplotlibHtmlSaver:
    """A saver that writes figures as self-contained HTML pages with inline SVG."""

    path: FileLocation
    title: str = "Figure"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "html"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the figure class."""
        return (Figure,)

    def save_data(self, data: Figure) -> Metadata:
        """Write the file."""
        buffer = io.StringIO()
        data.savefig(buffer, format="svg", bbox_inches="tight")
        svg = buffer.getvalue()
        page = f'<!doctype html>\n<meta charset="utf-8">\n<title>{html.escape(self.title)}</title>\n{svg[svg.index("<svg") :]}'
        write_text(self.path, page, "utf-8", self.name())
        return file_metadata(self.path)


ADAPTERS: Final = (MatplotlibHtmlSaver, MatplotlibPngSaver)
