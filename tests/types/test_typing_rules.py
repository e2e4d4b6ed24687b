"""The types that fit each other, and the formatting of types."""

from collections import abc
from typing import Annotated, Any, Literal, NewType, Optional, Protocol, SupportsFloat, TypedDict, TypeVar, Union

import pytest

from headwater.types.typing_rules import fits, format_type, hint, is_instance

pytestmark = pytest.mark.interpreter  # `typing` differs between versions

UserId = NewType("UserId", int)
AdminId = NewType("AdminId", UserId)
T = TypeVar("T")


class Base: ...


class Derived(Base): ...


class Point(TypedDict):
    x: int


class Unchecked(Protocol):
    def method(self) -> None: ...


FITTING = [
    (int, int),
    (int, Any),
    (Any, int),
    (int, object),
    (Derived, Base),
    (bool, int),
    (int, float),
    (bool, float),
    (int, complex),
    (float, complex),
    (int, SupportsFloat),
    (int, int | None),
    (None, int | None),
    (int, int | str),
    (int | str, int | str | float),
    (int | None, float | None),
    (Optional[int], Union[None, int]),  # noqa: UP007, UP045 - tests the old spellings
    (list[int], list),
    (list, list[int]),
    (list[int], abc.Sequence[int]),
    (list[int], abc.Sequence[float]),
    (dict[str, int], abc.Mapping[str, int]),
    (dict[str, int], abc.Mapping[str, float]),
    (dict[str, int], dict[str, Any]),
    (dict[str, int], abc.Iterable[str]),
    (list[list[int]], list[list[Any]]),
    (tuple[int, int], tuple[float, ...]),
    (tuple[int, str], tuple[int, str]),
    (tuple[int, ...], abc.Sequence[int]),
    (Literal["a"], str),
    (Literal["a"], Literal["a", "b"]),
    (Literal["a", 1], str | int),
    (Annotated[int, "metres"], float),
    (int, Annotated[int, "metres"]),
    (abc.Callable[[int], int], abc.Callable),
    (UserId, int),
    (AdminId, UserId),
    (UserId, UserId),
    (Point, dict),
    (Point, abc.Mapping),
    (type[int], type),
    (T, T),
    (int, T),
    (T, int),
    (Base, Unchecked),
]

NOT_FITTING = [
    (float, int),
    (str, int),
    (object, int),
    (Base, Derived),
    (int | None, int),
    (int | str, int),
    (list[int], list[float]),
    (list[int], list[str]),
    (list[int], abc.Sequence[str]),
    (list[int], dict[int, int]),
    (dict[int, int], abc.Iterable[str]),
    (tuple[int, str], tuple[int, ...]),
    (tuple[int], tuple[int, int]),
    (str, Literal["a"]),
    (Literal["c"], Literal["a", "b"]),
    (Literal[1], Literal[True]),
    (int, UserId),
    (UserId, AdminId),
    (dict, Point),
    (str, abc.Callable),
]


@pytest.mark.parametrize(("source", "target"), FITTING, ids=format_type)
def test_a_value_of_the_type_may_flow_there(source, target):
    assert fits(source, target)


@pytest.mark.parametrize(("source", "target"), NOT_FITTING, ids=format_type)
def test_a_value_of_the_type_may_not_flow_there(source, target):
    assert not fits(source, target)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (1, int), (True, int), (1, float), (1.5, complex), (None, int), ("a", Any), ([1], list[str]),
        ({}, abc.Mapping[str, int]), (1, int | str), ("a", Literal["a"]), (3, UserId),
        ({"x": 1}, Point), (len, abc.Callable[[list], int]), (1, T),
    ],
)  # fmt: skip
def test_a_value_is_of_the_type(value, type_):
    assert is_instance(value, type_)


@pytest.mark.parametrize(
    ("value", "type_"),
    [("1", int), (1.5, int), ([1], dict), ("b", Literal["a"]), (True, Literal[1]), (1.5, int | str), ("x", UserId), (3, Point)],
)
def test_a_value_is_not_of_the_type(value, type_):
    assert not is_instance(value, type_)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (int, "int"),
        (None, "None"),
        (Optional[int], "int | None"),  # noqa: UP045
        (dict[str, abc.Sequence[Base]], "dict[str, Sequence[Base]]"),
        (Literal["a", 1], "Literal['a', 1]"),
        (Annotated[int, "metres"], "int"),
        (tuple[int, ...], "tuple[int, ...]"),
        (abc.Callable[[int, str], None], "Callable[[int, str], None]"),
        (UserId, "UserId"),
        (Any, "Any"),
    ],
)
def test_types_are_shown_as_in_source_code(type_, text):
    assert format_type(type_) == text


def test_hints_suggest_remedies_for_none_and_mutable_containers():
    assert hint(int | None, int) == "The value may be None: accept `int | None`, or return only int."
    assert hint(list[int], list[float]) == (
        "The item types of mutable containers must match exactly. "
        "The read-only `Sequence` and `Mapping` also accept narrower types."
    )
    assert not hint(str, int)


def test_classes_of_pandas_on_spark_fit_the_pandas_classes_of_the_same_name():
    pd = pytest.importorskip("pandas")

    class Series:
        __module__ = "pyspark.pandas.series"

    class Frame:
        __module__ = "pyspark.pandas.generic"

    class Subclass(Series): ...

    assert fits(Series, pd.Series)
    assert fits(Series, pd.Series | None)
    assert fits(Subclass, pd.Series)
    assert is_instance(Series(), pd.Series)
    assert not fits(pd.Series, Series)
    assert not fits(Series, pd.DataFrame)
    assert not fits(Frame, pd.Series)
