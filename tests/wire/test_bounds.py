"""Every string and list in a reply has a bound, and the page's tests use these bounds."""

from __future__ import annotations

import json
import typing
from pathlib import Path
from typing import Any

import pytest

from headwater.wire import views
from headwater.wire.bounds import MaxItems, MaxLength

PLAYGROUND = Path(__file__).parents[2] / "playground"
FIELDS = PLAYGROUND / "tests" / "runtime" / "bounds.json"
"""The bounds of each field. `bounds.test.ts` tests the page's validators with them."""

pytestmark = pytest.mark.skipif(not FIELDS.exists(), reason="the page's sources are not available")


def bounded(annotation: Any, path: str) -> dict[str, int]:
    """Return the bounds of a type, keyed by path: `[]` for the items of a list, `{}` for values, `{key}` for keys."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.NotRequired:
        return bounded(arguments[0], path)
    if origin is typing.Annotated:
        own: dict[str, int] = {}
        for bound in arguments[1:]:
            own |= {f"{path} items": bound.items} if isinstance(bound, MaxItems) else {}
            own |= {path: bound.characters} if isinstance(bound, MaxLength) else {}
        return {**own, **bounded(arguments[0], path)}
    if origin is list:
        return bounded(arguments[0], f"{path}[]")
    if origin is dict:
        return {**bounded(arguments[0], f"{path}{{key}}"), **bounded(arguments[1], f"{path}{{}}")}
    if typing.is_typeddict(annotation):  # listed separately
        return {}
    found: dict[str, int] = {}
    for argument in arguments if origin is not typing.Literal else ():
        found |= bounded(argument, path)
    return found


def is_open(annotation: Any, *, within: bool = False) -> bool:
    """Return True if a string or a list in a type has no bound."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is str or origin in (list, dict):
        return not within or any(map(is_open, arguments))
    if origin is typing.Literal or typing.is_typeddict(annotation):
        return False
    if origin is typing.Annotated:
        return is_open(arguments[0], within=True)
    return any(map(is_open, arguments))


EXTENDED = "RunSummary"
"""A shape that is used only as a base."""
SHAPES = {name: shape for name, shape in vars(views).items() if typing.is_typeddict(shape) and name != EXTENDED}


def fields(shape: Any) -> dict[str, Any]:
    return typing.get_type_hints(shape, include_extras=True)


@pytest.mark.parametrize("name", SHAPES)
def test_each_text_and_each_list_has_a_bound(name: str) -> None:
    assert [field for field, annotation in fields(SHAPES[name]).items() if is_open(annotation)] == []


@pytest.mark.parametrize("annotation", [str, list[int], dict[str, int], views.Name | str, list[views.Name] | None])
def test_a_text_or_a_list_without_a_bound_would_be_seen(annotation: Any) -> None:
    assert is_open(annotation)


def test_the_bounds_that_the_page_is_tested_with_are_those_of_the_types() -> None:
    bounds_by_path = {
        name: found
        for name, shape in SHAPES.items()
        if (
            found := {
                key: value for field, annotation in fields(shape).items() for key, value in bounded(annotation, field).items()
            }
        )
    }
    assert json.loads(FIELDS.read_text()) == bounds_by_path, f"Write to {FIELDS.name}:\n{json.dumps(bounds_by_path, indent=2)}"


def test_a_bound_is_a_length_of_text_or_a_number_of_items() -> None:
    assert (MaxLength(3).characters, MaxItems(2).items) == (3, 2)
