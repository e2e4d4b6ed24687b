"""Each name means one thing: no two classes in the package share a name, with or without an underscore."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

import headwater

pytestmark = pytest.mark.native  # class names do not depend on the interpreter

SOURCE = Path(headwater.__file__).parent


def classes() -> dict[str, list[str]]:
    """Return the locations of all classes, keyed by name without leading underscores."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    return found


def test_no_two_classes_share_a_name() -> None:
    shared = [
        f"`{name}` is the name of {len(locations)} classes: {', '.join(locations)}. Rename all but one of them."
        for name, locations in classes().items()
        if len(locations) > 1
    ]
    assert not shared, "\n".join(shared)
