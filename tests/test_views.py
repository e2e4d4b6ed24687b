"""The page and Python agree on the shapes that cross between them: `protocol.ts` and `views.py` state the same."""

from __future__ import annotations

import re
import types
import typing
from pathlib import Path
from typing import Any

import pytest

from headwater import views

PROTOCOL = Path(__file__).parents[1] / "playground" / "src" / "protocol.ts"

SHARED_ALIASES = {"NodeKind", "NodeState", "Severity", "CodeChange", "ValueChange", "FieldRole", "Takeable", "Preview"}
"""The names of `views.py` that are no TypedDicts."""

OF_THE_PAGE = {"Files", "Given", "Request", "BootStage", "Reply", "RunReply"}
"""What only the page's side speaks of."""

pytestmark = pytest.mark.skipif(not PROTOCOL.exists(), reason="the page's sources are not beside these tests")


def interfaces(text: str) -> dict[str, dict[str, str]]:
    """The interfaces of a TypeScript module: the type of each field by the field's name, `?` kept at an optional one's end."""
    found: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r"export interface (\w+) \{\n(.*?)\n\}", text, re.DOTALL):
        fields = [line.strip() for line in body.split("\n") if line.strip() and not line.strip().startswith(("/", "*"))]
        matched = [re.fullmatch(r"(?:readonly )?(\w+\??): (.+);", field) for field in fields]
        assert all(matched), f"{name} has a field that this test cannot read: {fields}"
        found[name] = {match[1]: match[2] for match in matched if match}
    return found


def aliases(text: str) -> dict[str, str]:
    """The type aliases of a TypeScript module, on one line each."""
    found = re.findall(r"export type (\w+) =(.*?);\n(?=\n|export|/\*\*|$)", text, re.DOTALL)
    return {name: " ".join(body.split()).removeprefix("| ") for name, body in found}


def typescript(annotation: Any) -> str:
    """A Python type as the protocol writes it."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:  # with a bound
        return typescript(arguments[0])
    for name in SHARED_ALIASES:
        if annotation == getattr(views, name):
            return name
    if origin is typing.Literal:
        return " | ".join(f'"{argument}"' for argument in arguments)
    if origin is list:
        inner = typescript(arguments[0])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if origin is dict:
        return f"Record<{typescript(arguments[0])}, {typescript(arguments[1])}>"
    if origin in (typing.Union, types.UnionType):
        return " | ".join(typescript(argument) for argument in arguments)
    plain = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}
    return plain.get(annotation) or annotation.__name__


def stated(shape: Any) -> dict[str, str]:
    """The fields of a TypedDict, as the protocol writes them."""
    fields: dict[str, str] = {}
    for name, annotation in typing.get_type_hints(shape, include_extras=True).items():
        optional = typing.get_origin(annotation) is typing.NotRequired
        fields[name + "?" * optional] = typescript(typing.get_args(annotation)[0] if optional else annotation)
    return fields


SHAPES = {name: shape for name, shape in vars(views).items() if typing.is_typeddict(shape)}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_the_same_fields_on_both_sides(name: str) -> None:
    assert interfaces(PROTOCOL.read_text())[name] == stated(SHAPES[name])


def test_no_side_has_a_shape_of_its_own() -> None:
    text = PROTOCOL.read_text()
    assert interfaces(text).keys() == SHAPES.keys()
    assert aliases(text).keys() == SHARED_ALIASES | OF_THE_PAGE


@pytest.mark.parametrize("name", ["NodeKind", "NodeState", "Severity", "CodeChange", "ValueChange", "FieldRole", "Takeable"])
def test_a_set_of_words_is_the_same_on_both_sides(name: str) -> None:
    words = typing.get_args(getattr(views, name))
    assert aliases(PROTOCOL.read_text())[name] == " | ".join(f'"{word}"' for word in words)


def test_the_previews_are_the_same_on_both_sides() -> None:
    kinds = [shape.__name__ for shape in typing.get_args(views.Preview)]
    assert aliases(PROTOCOL.read_text())["Preview"] == " | ".join(kinds)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("seconds?: number;", "seconds: number;"),
        ("line: number | null;", "line: number;"),
        ("  doc: string;\n", ""),
        ("tags: Record<string, string | string[]>;", "tags: Record<string, string>;"),
    ],
)
def test_a_difference_would_be_seen(before: str, after: str) -> None:
    text = PROTOCOL.read_text()
    assert before in text
    changed = interfaces(text.replace(before, after))
    assert any(changed[name] != stated(shape) for name, shape in SHAPES.items())
