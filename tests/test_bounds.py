"""The page and Python agree on the bounds of what crosses between them."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path
from typing import Any

import pytest

from headwater import bounds, views
from headwater.bounds import Longest, Most

PLAYGROUND = Path(__file__).parents[1] / "playground"
LIMITS = PLAYGROUND / "src" / "runtime" / "limits.ts"
FIELDS = PLAYGROUND / "tests" / "runtime" / "bounds.json"
"""The bounds of each field. `replies.test.ts` holds the page's schema to them."""

pytestmark = pytest.mark.skipif(not LIMITS.exists(), reason="the page's sources are not beside these tests")


def bounded(annotation: Any, path: str) -> dict[str, int]:
    """The bounds of a type by the path to it: `[]` leads into the items of a list, `{}` into values, `{key}` into keys."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.NotRequired:
        return bounded(arguments[0], path)
    if origin is typing.Annotated:
        (bound,) = arguments[1:]
        own = {f"{path} items": bound.items} if isinstance(bound, Most) else {path: bound.characters}
        return {**own, **bounded(arguments[0], path)}
    if origin is list:
        return bounded(arguments[0], f"{path}[]")
    if origin is dict:
        return {**bounded(arguments[0], f"{path}{{key}}"), **bounded(arguments[1], f"{path}{{}}")}
    if typing.is_typeddict(annotation):  # has an entry of its own
        return {}
    found: dict[str, int] = {}
    for argument in arguments if origin is not typing.Literal else ():
        found |= bounded(argument, path)
    return found


def is_open(annotation: Any, *, within: bool = False) -> bool:
    """Whether some text or some list in a type has no bound."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is str or origin in (list, dict):
        return not within or any(map(is_open, arguments))
    if origin is typing.Literal or typing.is_typeddict(annotation):
        return False
    if origin is typing.Annotated:
        return is_open(arguments[0], within=True)
    return any(map(is_open, arguments))


SHAPES = {name: shape for name, shape in vars(views).items() if typing.is_typeddict(shape)}


def fields(shape: Any) -> dict[str, Any]:
    return typing.get_type_hints(shape, include_extras=True)


@pytest.mark.parametrize("name", SHAPES)
def test_each_text_and_each_list_has_a_bound(name: str) -> None:
    assert [field for field, annotation in fields(SHAPES[name]).items() if is_open(annotation)] == []


@pytest.mark.parametrize("annotation", [str, list[int], dict[str, int], views.Name | str, list[views.Name] | None])
def test_a_text_or_a_list_without_a_bound_would_be_seen(annotation: Any) -> None:
    assert is_open(annotation)


def test_the_bounds_that_the_page_is_tested_with_are_those_of_the_types() -> None:
    stated = {
        name: found
        for name, shape in SHAPES.items()
        if (
            found := {
                key: value for field, annotation in fields(shape).items() for key, value in bounded(annotation, field).items()
            }
        )
    }
    assert json.loads(FIELDS.read_text()) == stated, f"Write to {FIELDS.name}:\n{json.dumps(stated, indent=2)}"


def page_limits() -> dict[str, int | dict[str, int]]:
    """The constants of `limits.ts`."""
    text = LIMITS.read_text()
    numbers: dict[str, int | dict[str, int]] = {
        name: int(number.replace("_", ""))
        for name, number in re.findall(r"^export const (\w+) = ([\d_]+);$", text, re.MULTILINE)
    }
    table = re.search(r"^export const LONGEST_REPLY = \{\n(.*?)\n\}", text, re.MULTILINE | re.DOTALL)
    assert table is not None
    rows = re.findall(r'^  "?([\w-]+)"?: ([\d_]+),$', table[1], re.MULTILINE)
    numbers["LONGEST_REPLY"] = {kind: int(number.replace("_", "")) for kind, number in rows}
    return numbers


OF_THE_PAGE = {"MOST_STATES", "MOST_ALARMS"}
"""Bounds of what is no part of a reply."""
OF_PYTHON = {"LONGEST_IMAGES", "LONGEST_OUTPUTS"}
"""Parts of the bound of a whole reply."""


def test_both_sides_state_the_same_numbers() -> None:
    stated = {name: value for name, value in vars(bounds).items() if name.startswith(("LONGEST_", "MOST_"))}
    for name in OF_PYTHON:
        del stated[name]
    page = page_limits()
    for name in OF_THE_PAGE:
        del page[name]
    assert page == stated


def test_a_bound_is_a_length_of_text_or_a_number_of_items() -> None:
    assert (Longest(3).characters, Most(2).items) == (3, 2)
