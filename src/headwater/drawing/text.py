"""A picture as plain text, a line for each node: for terminals, logs and screen readers."""

from __future__ import annotations

from headwater.drawing.picture import Picture


def plain_text(picture: Picture) -> str:
    """The boxes in topological order, with their types and what they read; outputs have a `*`.

    What is read and may be missing has a `?`.
    """
    if not picture.boxes:
        return "(nothing)"
    reads: list[list[str]] = [[] for _ in picture.boxes]
    for arrow in picture.arrows:
        reads[arrow.target].append(picture.boxes[arrow.source].name + ("?" if arrow.optional else ""))
    names = max(len(box.name) for box in picture.boxes)
    types = max(len(box.type) for box in picture.boxes)
    lines: list[str] = []
    for box, sources in zip(picture.boxes, reads, strict=True):
        notes = [] if box.role == "function" else [f"({box.role})"]
        notes += [f"<- {', '.join(sources)}"] if sources else []
        line = f"{'*' if box.is_output else ' '} {box.name:<{names}}  {box.type:<{types}}  {' '.join(notes)}"
        lines.append(line.rstrip())
    return "\n".join(lines)
