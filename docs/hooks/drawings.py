"""Drawings of dataflows inside pages, in the page's colors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from headwater.drawing.svg import LOOK

if TYPE_CHECKING:
    from headwater.drawing import Drawing

CLASS = "hw-drawn"
"""The CSS class of the element that contains drawings."""


def inline_svg(drawing: Drawing) -> str:
    """Return a drawing as SVG on one line. It has no styles, because all drawings share the page's styles."""
    return "".join(re.sub(r"<style>.*?</style><rect[^>]*/>", "", drawing.svg, flags=re.DOTALL).splitlines())


def drawing_styles() -> str:
    """Return the CSS rules for all drawings: the rules of the library's SVG, with the page's colors."""
    found = re.fullmatch(r"\s*:root\{(.*?)\}\s*@media[^{]*\{:root\{(.*?)\}\}(.*)", LOOK, re.DOTALL)
    assert found is not None, "the styles of the SVG have an unexpected form"
    light, dark, rules = ("".join(part.splitlines()) for part in found.groups())
    layout = "display:flex;flex-wrap:wrap;gap:1rem 3rem;align-items:end"
    # On a phone, a wide drawing scrolls: scaled down, its text would be too small to read.
    phone = "@media(max-width:30em){figure{overflow-x:auto}svg{max-width:none}}"
    figure = "figure{margin:0;max-width:100%}svg{max-width:100%;height:auto}"
    caption = "figcaption{font-style:normal;margin:0;color:var(--hw-mute)}"
    dark_rule = f'[data-md-color-scheme="slate"] .{CLASS}{{{dark}}}'
    return f".{CLASS}{{{light};{layout}}}{dark_rule}.{CLASS}{{{rules}{figure}{phone}{caption}}}"
