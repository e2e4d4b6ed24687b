"""A picture as Mermaid, which GitHub, GitLab and many wikis can render."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from headwater.drawing.characters import well_formed
from headwater.drawing.picture import Box, BoxRole, Picture

_SHAPES: Final[Mapping[BoxRole, tuple[str, str]]] = {
    "input": ("([", "])"),
    "config": ("[/", "/]"),
    "function": ("[", "]"),
    "check": ("{{", "}}"),
    "override": ("[[", "]]"),
}
_CLASSES: Final[Mapping[str, str]] = {
    "input": "stroke-dasharray:4 3",
    "override": "stroke:#a86400,stroke-width:2px",
    "output": "stroke-width:3px",
}
_RESERVED: Final = {character: f"#{ord(character)};" for character in '"#&<>`\\\n\r[](){}|'}


def mermaid_text(picture: Picture) -> str:
    """Return the picture as a Mermaid flowchart."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield f"flowchart {picture.orient}"
    for position, box in enumerate(picture.boxes):
        yield f"  n{position}{_shaped(box)}"
    for arrow in picture.arrows:
        yield f"  n{arrow.source} {'-.->' if arrow.optional else '-->'} n{arrow.target}"
    members: dict[str, list[str]] = {}
    for position, box in enumerate(picture.boxes):
        _add_classes(box, f"n{position}", members)
    # The legend omits functions that are called for each element, because all functions have the same shape.
    legend = [box for box in picture.legend if not box.is_mapped]
    if legend:
        yield "  subgraph legend"
        for position, box in enumerate(legend):
            yield f"    l{position}{_shaped(box)}"
            _add_classes(box, f"l{position}", members)
        yield "  end"
    for name, style in _CLASSES.items():
        if name in members:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(members[name])} {name}"
    for position, box in enumerate(picture.boxes):
        yield from _own_style(box, f"n{position}")
    for position, box in enumerate(legend):
        yield from _own_style(box, f"l{position}")


def _shaped(box: Box) -> str:
    opening, closing = _SHAPES[box.role]
    type_ = f"<br/><small>{_escaped(box.type)}</small>" if box.type else ""
    return f'{opening}"<b>{_escaped(box.name)}</b>{type_}"{closing}'


def _add_classes(box: Box, key: str, members: dict[str, list[str]]) -> None:
    if box.role in _CLASSES:
        members.setdefault(box.role, []).append(key)
    if box.is_output:
        members.setdefault("output", []).append(key)


def _own_style(box: Box, key: str) -> Iterator[str]:
    colors = {"fill": box.style.fill, "stroke": box.style.line, "color": box.style.text}
    declarations = ",".join(f"{name}:{color}" for name, color in colors.items() if color)
    if declarations:
        yield f"  style {key} {declarations}"


def _escaped(text: str) -> str:
    """Escape the characters that are special in Mermaid and HTML."""
    return "".join(_RESERVED.get(character, character) for character in well_formed(text)) or " "
