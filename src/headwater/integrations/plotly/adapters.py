"""Savers of plotly figures; the arguments are those of plotly's own function."""

from __future__ import annotations

import importlib
from typing import Any, Final

from headwater.io.function_adapters import LibraryFunction, make_saver
from headwater.io.protocol import Metadata

# By name, since plotly has no types that a checker would read.
_Figure: Any = importlib.import_module("plotly.basedatatypes").BaseFigure
_io: Any = importlib.import_module("plotly.io")


def _say_nothing(_: Any) -> Metadata:
    return {}


_write = LibraryFunction(_io.write_html, "text", excluded=("auto_open",))  # a saver opens no browser
PlotlyHtmlSaver = make_saver("PlotlyHtmlSaver", "html", _write, module=__name__, types=(_Figure,), describe=_say_nothing)

ADAPTERS: Final = (PlotlyHtmlSaver,)
