"""Savers for plotly figures. The arguments of each saver are those of the plotly function that it calls."""

from __future__ import annotations

import importlib
from typing import Any, Final

from headwater.io.function_adapters import LibraryFunction, make_saver
from headwater.io.protocol import Metadata

# Imported by name, because plotly has no type hints.
_Figure: Any = importlib.import_module("plotly.basedatatypes").BaseFigure
_io: Any = importlib.import_module("plotly.io")


def _no_metadata(_: Any) -> Metadata:
    return {}


_write = LibraryFunction(_io.write_html, "text", excluded=("auto_open",))  # a saver must not open a browser
PlotlyHtmlSaver = make_saver("PlotlyHtmlSaver", "html", _write, module=__name__, types=(_Figure,), describe=_no_metadata)

ADAPTERS: Final = (PlotlyHtmlSaver,)
