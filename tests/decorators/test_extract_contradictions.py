"""A field type that contradicts the function's annotation is used, and causes a warning."""

from __future__ import annotations

import warnings
from typing import Annotated, Any, Literal, NewType, TypedDict, TypeVar

import pytest

from headwater import Builder, extract_fields
from headwater.errors import DecoratorError, DecoratorWarning, IncompatibleTypes
from headwater.outline import outline
from headwater.session import Session


class Bounds(TypedDict):
    low: int
    high: int


def mapping() -> dict[str, int]:
    return {"low": 1, "high": 2}  # the values need not match the tested types


CONTRADICTIONS = {
    "dict for int": (dict[str, int], dict, "dict"),
    "str for int": (dict[str, int], str, "str"),
    "a list for a string": (dict[str, str], list[int], "list[int]"),
    "str for the int of a typed dictionary": (Bounds, str, "str"),
}


@pytest.mark.parametrize(("returned", "declared", "shown"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_a_warning_with_function_and_line_and_the_type_of_the_field_is_used(returned, declared, shown):
    def record() -> Any:
        return {"low": 1, "high": 2}

    record.__annotations__ = {"return": returned}  # Python 3.14 evaluates the annotations of a copy again
    line = record.__code__.co_firstlineno
    with pytest.warns(DecoratorWarning) as caught:
        driver = Builder().with_functions(extract_fields({"low": declared})(record)).build()
    (warning,) = caught
    shown_whole = "Bounds" if returned is Bounds else str(returned)
    assert str(warning.message) == (
        f"@extract_fields on `record` ({warning.message.location}): the field `low` is declared as {shown}, but the function "
        f"is annotated to return {shown_whole}. The field's type is used. Make the two types agree."
    )
    assert (warning.filename, warning.lineno) == (warning.message.location.file, line)
    assert driver.graph["low"].type == declared
    assert driver.execute(["low"]) == {"low": 1}


@pytest.mark.parametrize(
    ("returned", "declared"),
    [(dict[str, int], int), (dict[str, Any], str), (dict, str), (dict[str, float], int), (dict[str, int | str], str)],
)
def test_a_compatible_type_does_not_warn(returned, declared):
    def record() -> Any: ...

    record.__annotations__ = {"return": returned}  # Python 3.14 evaluates the annotations of a copy again
    driver = Builder().with_functions(extract_fields({"low": declared})(record)).build()
    assert driver.graph["low"].type == declared


NO_TYPES = {"a number": 3, "a text": "int", "a list": [int], "a function": len, "an ellipsis": ...}


@pytest.mark.parametrize("declared", NO_TYPES.values(), ids=NO_TYPES)
def test_a_value_that_is_not_a_type_is_refused(declared):
    with pytest.raises(DecoratorError) as caught:
        extract_fields({"low": declared})(copy_function(mapping))
    where = caught.value.locations[0]
    reason = f"the field `low` is declared as {declared!r}, which is not a type."
    assert str(caught.value) == f"@extract_fields on `mapping` ({where}): {reason}"


TYPES = [int, None, Any, list[int], int | None, Annotated[int, "m"], Literal["x"], NewType("Metres", int), TypeVar("T"), list]


@pytest.mark.parametrize("declared", TYPES, ids=str)
def test_every_kind_of_type_may_be_declared(declared):
    def record() -> dict: ...

    driver = Builder().with_functions(extract_fields({"low": declared})(record)).build()
    assert driver.graph["low"].type == declared


def test_readers_are_checked_against_the_fields_type():
    def total(low: str) -> str: ...

    with pytest.warns(DecoratorWarning), pytest.raises(IncompatibleTypes, match=r"`low` .* returns dict"):
        Builder().with_functions(extract_fields({"low": dict})(copy_function(mapping)), total).build()


def test_warnings_may_be_errors():
    with warnings.catch_warnings():
        warnings.simplefilter("error", DecoratorWarning)
        with pytest.raises(DecoratorWarning, match="Make the two types agree"):
            Builder().with_functions(extract_fields({"low": dict})(copy_function(mapping))).build()


SOURCE = (
    "import headwater\n\n\n@headwater.extract_fields({'low': dict})\ndef record() -> dict[str, int]:\n    return {'low': {}}\n"
)


def test_the_outline_and_the_session_show_the_warning_at_the_function():
    (drawn,) = outline({"a.py": SOURCE})["problems"]
    with Session() as session:
        session.update({"a.py": SOURCE})
        problems = session.run()["problems"]
    (shown,) = problems
    for problem in (drawn, shown):
        assert (problem["kind"], problem["severity"], problem["file"], problem["node"]) == (
            "DecoratorWarning",
            "warning",
            "a.py",
            "record",
        )
        assert "The field's type is used" in problem["message"]
        assert problem["line"] in (4, 5)


def copy_function(function):
    copy = type(function)(function.__code__, function.__globals__, function.__name__)
    copy.__annotations__ = function.__annotations__
    return copy
