"""A picture as DOT, Graphviz's language."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Final

from headwater.drawing.characters import well_formed
from headwater.drawing.picture import Box, BoxRole, Picture

_ATTRIBUTES: Final[Mapping[BoxRole, Mapping[str, str]]] = {
    "input": {"style": "rounded,dashed", "color": "#66737f"},
    "config": {"shape": "note", "style": "solid", "color": "#66737f"},
    "function": {"style": "rounded", "color": "#0b7a8f"},
    "check": {"style": "rounded", "color": "#66737f", "shape": "octagon"},
    "override": {"style": "rounded,diagonals", "color": "#a86400"},
}


def dot_text(picture: Picture) -> str:
    """Return the picture as DOT, which `dot`, online viewers and many editors can render."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph dataflow {"
    yield f"  rankdir={picture.orient}"
    yield '  graph [bgcolor="transparent", fontname="Helvetica", nodesep=0.3, ranksep=0.45]'
    yield '  node [shape=box, fontname="Helvetica", fontsize=12, margin="0.14,0.07"]'
    yield '  edge [color="#8d9baa", arrowsize=0.7]'
    for box in picture.boxes:
        yield f"  {_quoted(box.name)} {_attributes(box)}"
    for arrow in picture.arrows:
        ends = f"{_quoted(picture.boxes[arrow.source].name)} -> {_quoted(picture.boxes[arrow.target].name)}"
        yield f"  {ends}{' [style=dashed]' if arrow.optional else ''}"
    if picture.legend:
        yield '  subgraph "cluster legend" {'
        yield '    label="legend"; fontsize=10; color="#c8d0d8"; style=rounded'
        for box in picture.legend:
            yield f"    {_quoted(f'legend: {box.name}')} {_attributes(box)}"
        yield "  }"
    yield "}"


def _attributes(box: Box) -> str:
    attributes = dict(_ATTRIBUTES[box.role])
    if box.is_output:
        attributes["penwidth"] = "2.6"
    if box.is_mapped:
        attributes["peripheries"] = "2"
    if box.style.fill:
        attributes["fillcolor"] = box.style.fill
        attributes["style"] += ",filled"
    if box.style.line:
        attributes["color"] = box.style.line
    if box.style.text:
        attributes["fontcolor"] = box.style.text
    if box.doc:
        attributes["tooltip"] = box.doc
    pairs = ", ".join(f"{key}={_quoted(value)}" for key, value in attributes.items())
    return f"[label={_label(box)}, {pairs}]"


def _label(box: Box) -> str:
    type_ = f'<br/><font point-size="10">{_escaped(box.type)}</font>' if box.type else ""
    return f"<<b>{_escaped(box.name)}</b>{type_}>"


def _escaped(text: str) -> str:
    return html.escape(well_formed(text), quote=False).replace("\n", " ") or " "


def _quoted(text: str) -> str:
    return '"' + well_formed(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
