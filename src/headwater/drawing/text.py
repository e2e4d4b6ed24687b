"""A picture as plain text, one line per node, for terminals, logs and screen readers."""

from __future__ import annotations

from headwater.drawing.characters import on_one_line
from headwater.drawing.picture import Picture


def plain_text(picture: Picture) -> str:
    """Return the boxes in topological order, with their types and dependencies.

    Outputs are marked with `*`, optional dependencies with `?`.
    """
    if not picture.boxes:
        return "(nothing)"
    labels = [(on_one_line(box.name), on_one_line(box.type)) for box in picture.boxes]
    reads: list[list[str]] = [[] for _ in picture.boxes]
    for arrow in picture.arrows:
        reads[arrow.target].append(labels[arrow.source][0] + ("?" if arrow.optional else ""))
    names = max(len(name) for name, _ in labels)
    types = max(len(type_) for _, type_ in labels)
    lines: list[str] = []
    for box, (name, type_), sources in zip(picture.boxes, labels, reads, strict=True):
        notes = [] if box.role == "function" else [f"({box.role})"]
        notes += [f"<- {', '.join(sources)}"] if sources else []
        line = f"{'*' if box.is_output else ' '} {name:<{names}}  {type_:<{types}}  {' '.join(notes)}"
        lines.append(line.rstrip())
    return "\n".join(lines)
