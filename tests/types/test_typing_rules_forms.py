"""Types are compared by meaning, not by spelling, and results do not depend on order."""

import datetime as dt
import itertools
import typing
from collections import abc
from typing import Annotated, Any, Generic, Literal, NewType, Optional, Protocol, TypedDict, TypeVar, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.types.common_types import common_type
from headwater.types.type_forms import AllOf, members, require_resolvable, substitute, typed_dict_fields, unwrap, value_type
from headwater.types.type_variables import match_type, solve_type
from headwater.types.typing_rules import fits, format_type, format_types_apart, hint, is_instance

pa = pytest.importorskip("pandera.pandas")
pt = pytest.importorskip("pandera.typing")
ppl = pytest.importorskip("pandera.typing.polars")
TypeAliasType = pytest.importorskip("typing_extensions").TypeAliasType
pl = pytest.importorskip("polars")

T = TypeVar("T")
U = TypeVar("U")
Out_co = TypeVar("Out_co", covariant=True)
In_contra = TypeVar("In_contra", contravariant=True)
Frame = TypeVar("Frame", bound=pd.DataFrame)
Number = TypeVar("Number", int, float)
Pair = TypeAliasType("Pair", tuple[T, T], type_params=(T,))
Swapped = TypeAliasType("Swapped", tuple[U, T], type_params=(T, U))
Record = TypeAliasType("Record", dict[str, int])
Metres = NewType("Metres", float)
Rows = NewType("Rows", list[int])
M = Annotated[int, "metres"]


class LateAlias:
    """The result of `type X = ...` (Python 3.12). Its value is evaluated lazily, so it may contain itself."""

    def __init__(self, name: str, value: abc.Callable[[], Any]) -> None:
        self.__name__ = name
        self._value = value

    @property
    def __value__(self) -> Any:
        return self._value()


LateAlias.__name__ = "TypeAliasType"
Json = LateAlias("Json", lambda: typing.Union[dict[str, Json], list[Json], int])  # noqa: UP007 - `LateAlias` does not support `|`
Tree = LateAlias("Tree", lambda: typing.Union[list[Tree], str])  # noqa: UP007
Shrub = LateAlias("Shrub", lambda: typing.Union[list[Shrub], str])  # noqa: UP007
Hedge = LateAlias("Hedge", lambda: typing.Union[list[Hedge], int])  # noqa: UP007
Endless = LateAlias("Endless", lambda: Endless)
Among = LateAlias("Among", lambda: typing.Union[int, Among])  # noqa: UP007
Nowhere = LateAlias("Nowhere", lambda: Missing)  # type: ignore[name-defined]  # noqa: F821


class Base: ...


class Derived(Base): ...


class Prices(list[float]): ...


class LatePrices(Prices): ...


class Box(Generic[T]): ...


class Source(Generic[Out_co]): ...


class Sink(Generic[In_contra]): ...


class Holder(abc.Sequence[T], Generic[T]): ...


@runtime_checkable
class Reading(Protocol[Out_co]):
    def read(self) -> Out_co: ...


class Reader:
    def read(self) -> str: ...


class Named(TypedDict, Generic[T]):
    name: T


class Schema(pa.DataFrameModel):
    a: int


class Longer(Schema):
    b: int


class Other(pa.DataFrameModel):
    c: int


FITTING = {
    "Annotated in a list": (list[M], list[int]),
    "Annotated in a union in a list": (list[M | None], list[int | None]),
    "Annotated in nested containers": (dict[str, list[M | str]], dict[str, list[int | str]]),
    "unions in another order": (list[str | int], list[int | str]),
    "a bare generic in a union": (dict[str, list[int] | None], dict[str, list | None]),
    "Annotated twice": (int, Annotated[Annotated[float, 1], 2]),
    "unhashable metadata": (list[Annotated[int, []]], list[int]),
    "an alias": (dict[str, int], Record),
    "an alias in a container": (list[Record | None], list[dict[str, int] | None]),
    "a generic alias": (tuple[int, int], Pair[int]),
    "a generic alias as a tuple": (Pair[int], tuple[int, int]),
    "a generic alias of an alias": (tuple[tuple[int, int], tuple[int, int]], Pair[Pair[int]]),
    "an alias without arguments": (tuple[int, str], Pair),
    "parameters of an alias in another order": (tuple[str, int], Swapped[int, str]),
    "a NewType of a container": (Rows, abc.Sequence[int]),
    "a NewType of a NewType's type": (Metres, complex),
    "an unbound variable": (str, T),
    "a bound variable": (pd.DataFrame, Frame),
    "a bound variable, returned": (Frame, pd.DataFrame),
    "a constraint": (float, Number),
    "constraints, returned": (Number, float),
    "an optional variable": (None, Frame | None),
    "a variable in a read-only container": (list[pd.DataFrame], abc.Sequence[Frame]),
    "a variable in a list": (list[int], list[T]),
    "a generic base class": (Prices, list[float]),
    "a generic base of a base": (LatePrices, abc.Sequence[float]),
    "a custom generic class": (Holder[int], abc.Sequence[float]),
    "a covariant parameter": (Source[int], Source[float]),
    "a contravariant parameter": (Sink[float], Sink[int]),
    "the same argument": (Box[int], Box[M]),
    "a class with the method names of a protocol": (Reader, Reading[int]),
    "the return type of a callable": (abc.Callable[[int], bool], abc.Callable[[int], int]),
    "a generic TypedDict": (Named[int], Named[M]),
    "a tuple as a sequence": (tuple[int, bool], abc.Sequence[int]),
    "numpy's integer": (np.int64, int),
    "numpy's integer as a float": (np.int32, float),
    "numpy's float": (np.float32, float),
    "numpy's complex": (np.complex64, complex),
    "numpy's bool": (np.bool_, bool),
    "numpy's string": (np.str_, str),
    "an array as ArrayLike": (np.ndarray, npt.ArrayLike),
    "an array of floats as ArrayLike": (npt.NDArray[np.float64], npt.ArrayLike),
    "a list as ArrayLike": (list[float], npt.ArrayLike),
    "a number as ArrayLike": (int, npt.ArrayLike),
    "a more general dtype": (npt.NDArray[np.float64], npt.NDArray[np.floating]),
    "the widest dtype": (npt.NDArray[np.int64], npt.NDArray[np.generic]),
    "any dtype": (npt.NDArray[np.int64], npt.NDArray[Any]),
    "pandera's frame from a frame": (pd.DataFrame, pt.DataFrame[Schema]),
    "pandera's frame as a frame": (pt.DataFrame[Schema], pd.DataFrame),
    "pandera's series from a series": (pd.Series, pt.Series[float]),
    "a longer schema": (pt.DataFrame[Longer], pt.DataFrame[Schema]),
    "pandera's polars frame": (pl.DataFrame, ppl.DataFrame[Schema]),
    "a recursive alias": (Json, Json),
    "a member of a recursive alias": (list[Json], Json),
    "recursive aliases that unfold to the same type": (Tree, Shrub),
    "an alias among its own members": (int, Among),
}

NOT_FITTING = {
    "Annotated with another type": (list[M], list[str]),
    "a union with one more member": (list[int | str | None], list[int | str]),
    "a union with one fewer member": (list[int], list[int | str]),
    "an alias of another type": (str, Record),
    "a generic alias of another type": (tuple[int, str], Pair[int]),
    "parameters of an alias in the wrong order": (tuple[int, str], Swapped[int, str]),
    "a NewType's contents": (Rows, list[str]),
    "outside of a bound": (pl.DataFrame, Frame),
    "outside of the constraints": (str, Number),
    "a bound that is too wide": (Frame, pl.DataFrame),
    "a generic base of another type": (Prices, list[str]),
    "a generic base of a base of another type": (LatePrices, abc.Sequence[str]),
    "a generic class of another type": (Holder[str], abc.Sequence[float]),
    "an invariant parameter": (Box[int], Box[float]),
    "a covariant parameter in the wrong direction": (Source[float], Source[int]),
    "a contravariant parameter in the wrong direction": (Sink[int], Sink[float]),
    "a wider return type of a callable": (abc.Callable[[int], float], abc.Callable[[int], int]),
    "a generic TypedDict of another type": (Named[int], Named[str]),
    "a tuple with another member": (tuple[int, str], abc.Sequence[int]),
    "int as numpy's integer": (int, np.int64),
    "numpy's float as int": (np.float64, int),
    "numpy's integer as a bool": (np.int64, bool),
    "numpy's complex as a float": (np.complex128, float),
    "a narrower dtype": (npt.NDArray[np.floating], npt.NDArray[np.float64]),
    "another dtype": (npt.NDArray[np.int64], npt.NDArray[np.floating]),
    "an object as ArrayLike": (Base, npt.ArrayLike),
    "another schema": (pt.DataFrame[Schema], pt.DataFrame[Other]),
    "another library's frame": (pl.DataFrame, pt.DataFrame[Schema]),
    "another dtype of a series": (pt.Series[int], pt.Series[str]),
    "not a member of a recursive alias": (str, Json),
    "contents that a recursive alias does not allow": (list[str], Json),
    "recursive aliases that unfold to other types": (Tree, Hedge),
}


@pytest.mark.parametrize(("source", "target"), FITTING.values(), ids=FITTING)
def test_a_type_fits(source, target):
    assert fits(source, target)


@pytest.mark.parametrize(("source", "target"), NOT_FITTING.values(), ids=NOT_FITTING)
def test_a_type_does_not_fit(source, target):
    assert not fits(source, target)


VALUES = {
    "numpy's integer": (np.int64(3), int),
    "numpy's small integer": (np.int8(3), int),
    "numpy's integer, or None": (np.int64(3), int | None),
    "numpy's integer as a float": (np.int64(3), float),
    "numpy's float": (np.float32(3), float),
    "numpy's bool": (np.bool_(True), bool),
    "numpy's bool as an integer": (np.bool_(True), int),
    "numpy's complex number": (np.complex64(1), complex),
    "numpy's string in a Literal": (np.str_("a"), Literal["a"]),
    "numpy's integer in a Literal": (np.int64(1), Literal[1, 2]),
    "numpy's float for a NewType": (np.float64(3), Metres),
    "numpy's integer for a variable": (np.int64(3), Number),
    "a timestamp": (pd.Timestamp("2024-01-01"), dt.datetime),
    "a timestamp as a date": (pd.Timestamp("2024-01-01"), dt.date),
    "a timedelta": (pd.Timedelta(1), dt.timedelta),
    "a frame for pandera's frame": (pd.DataFrame(), pt.DataFrame[Schema]),
    "a frame for pandera's optional frame": (pd.DataFrame(), pt.DataFrame[Schema] | None),
    "a series for pandera's series": (pd.Series([1.0]), pt.Series[float]),
    "a polars frame for pandera's polars frame": (pl.DataFrame(), ppl.DataFrame[Schema]),
    "a lazy frame for pandera's lazy frame": (pl.LazyFrame(), ppl.LazyFrame[Schema]),
    "an alias": ({"a": 1}, Record),
    "a generic alias": ((1, 2), Pair[int]),
    "both of two protocols": ([1], AllOf((abc.Sized, abc.Iterable))),
    "an Annotated alias": ({"a": 1}, Annotated[Record, "metadata"]),
    "a generic TypedDict": ({"name": 1}, Named[int]),
}
NOT_VALUES = {
    "numpy's float": (np.float64(3), int),
    "numpy's integer as a bool": (np.int64(1), bool),
    "numpy's integer in a Literal of a bool": (np.int64(1), Literal[True]),
    "an int instead of numpy's integer": (3, np.int64),
    "a polars frame for pandera's pandas frame": (pl.DataFrame(), pt.DataFrame[Schema]),
    "outside of a bound": (3, Frame),
    "outside of the constraints": ("3", Number),
    "only one of two protocols": (iter([1]), AllOf((abc.Sized, abc.Iterable))),
    "another type behind an alias": ("a", Record),
}


@pytest.mark.parametrize(("value", "type_"), VALUES.values(), ids=VALUES)
def test_a_value_is_of_the_type(value, type_):
    assert is_instance(value, type_)


@pytest.mark.parametrize(("value", "type_"), NOT_VALUES.values(), ids=NOT_VALUES)
def test_a_value_is_not_of_the_type(value, type_):
    assert not is_instance(value, type_)


SHARED = {
    "the narrower class": ([float, int], int),
    "the common member": ([int | str, str | bytes], str),
    "several common members": ([int | str | None, str | None | bytes], str | None),
    "a literal": ([str, Literal["a"]], Literal["a"]),
    "common literals": ([Literal["a", "b"], Literal["b", "c"]], Literal["b"]),
    "a member of each of three": ([int | str, str | bytes, bytes | str | float], str),
    "the type with arguments": ([list, list[int]], list[int]),
    "a type that a variable's bound allows": ([Frame, pd.DataFrame], pd.DataFrame),
    "a type that is not Any": ([Any, int, object, T], int),
    "a NewType": ([Metres, float], Metres),
    "nothing: classes": ([int, str], typing.Never),
    "nothing: unions": ([str | list, bytes | int], typing.Never),
    "nothing: contents": ([list[int], list[str]], typing.Never),
    "nothing: three types that agree only in pairs": ([int | str, str | bytes, bytes | int], typing.Never),
    "nothing: a concrete class and a protocol": ([int, abc.Sized], typing.Never),
}


@pytest.mark.parametrize(("types", "expected"), SHARED.values(), ids=SHARED)
def test_several_readers_share_a_type_in_whatever_order(types, expected):
    for ordered in itertools.permutations(types):
        assert common_type(ordered) == expected


def test_an_input_can_be_read_as_two_protocols():
    for ordered in itertools.permutations([abc.Sized, abc.Iterable[int]]):
        agreed = common_type(ordered)
        assert format_type(agreed) == "Iterable[int] & Sized"
        assert is_instance([1], agreed)
        assert fits(agreed, abc.Sized)
        assert not fits(abc.Sized, agreed)


ANY_TYPE = st.recursive(
    st.sampled_from(
        [int, float, bool, str, None, Any, object, Base, Derived, np.int64, np.float64, Metres, M, T, Number, Record]
    ),
    lambda inner: (
        st.builds(lambda item: list[item], inner)
        | st.builds(lambda item: abc.Sequence[item], inner)
        | st.builds(lambda type_: Annotated[type_, "noted"], inner)
        | st.builds(lambda type_: Optional[type_], inner)  # noqa: UP045
        | st.builds(lambda first, second: typing.Union[first, second], inner, inner)  # noqa: UP007
        | st.builds(lambda key, value: dict[key, value], inner, inner)
    ),
    max_leaves=4,
)
ANY_VALUE = st.sampled_from(
    [1, 1.5, True, "a", [1], {"a": 1}, Base(), Derived(), np.int64(1), np.float64(1), np.bool_(True), (1, 2)]
)


@settings(deadline=None)
@given(ANY_TYPE)
def test_each_type_fits_itself(type_):
    assert fits(type_, type_)


@settings(deadline=None)
@given(ANY_TYPE, ANY_TYPE)
def test_annotated_counts_as_its_type_on_both_sides(first, second):
    assert fits(Annotated[first, "noted"], second) == fits(first, second) == fits(first, Annotated[second, "noted"])


@settings(deadline=None)
@given(ANY_VALUE, ANY_TYPE)
def test_a_value_is_of_whatever_its_class_fits(value, type_):
    if fits(type(value), type_):
        assert is_instance(value, type_)


@settings(deadline=None)
@given(st.permutations([int, float, str, int | str, bool | None, Any]), st.integers(2, 4))
def test_the_common_type_of_readers_does_not_depend_on_their_order(types, number):
    assert common_type(types[:number]) == common_type(tuple(reversed(types[:number])))


@pytest.mark.parametrize(
    ("pattern", "actual", "expected"),
    [
        (T, int, [int]),
        (list[T], list[int], [int]),
        (abc.Sequence[T], Prices, [float]),
        (abc.Mapping[str, T], dict[str, int], [int]),
        (T | None, int | None, [int]),
        (list[T], list, [Any]),
        (abc.Callable[[T], T], abc.Callable[[int], int], [Any]),
        (Pair[T], tuple[int, str], [int, str]),
        (int, int, None),
    ],
)
def test_a_variable_is_bound_by_the_type_of_an_argument(pattern, actual, expected):
    found: dict[Any, list[Any]] = {}
    match_type(pattern, actual, found)
    assert found.get(T) == expected


@pytest.mark.parametrize(
    ("type_", "found", "expected"),
    [
        (T, {T: [int]}, int),
        (T | None, {T: [int]}, int | None),
        (dict[str, list[T]], {T: [int]}, dict[str, list[int]]),
        (T, {T: [int, str]}, int | str),
        (T, {T: [int, Any]}, Any),
        (Frame, {}, pd.DataFrame),
        (Frame, {Frame: [str]}, pd.DataFrame),
        (Number, {Number: [bool]}, int),
        (T, {}, Any),
    ],
)
def test_the_return_type_of_a_generic_function_is_solved(type_, found, expected):
    assert solve_type(type_, found) == expected


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        (Annotated[Record, "metadata"], dict[str, int]),
        (NewType("Settings", Record), dict[str, int]),  # type: ignore[valid-newtype]
        (Optional[Annotated[list[int], "metadata"]], list[int]),  # noqa: UP045
        (NewType("Maybe", Metres) | None, float),
        (int | str, int | str),
        (int | str | None, int | str | None),
        (Literal["a"] | None, Literal["a"] | None),
        (None, type(None)),
    ],
)
def test_the_type_of_the_value_itself(type_, expected):
    assert value_type(type_) == expected


def test_an_alias_of_itself_is_not_followed_forever():
    assert unwrap(Endless) is Any


def test_fields_of_a_generic_typed_dict_have_their_types():
    assert typed_dict_fields(Named[int]) == {"name": int}
    assert typed_dict_fields(dict[str, int]) is None
    assert substitute(int, {}) is int
    assert members(int) == [int]


@pytest.mark.parametrize("type_", [Nowhere, list[Nowhere], dict[str, list[Nowhere]], abc.Callable[[Nowhere], int]])
def test_an_alias_of_an_undefined_name_is_an_early_error(type_):
    with pytest.raises(NameError, match="Missing"):
        require_resolvable(type_)


@pytest.mark.parametrize("type_", [int, None, Json, Pair[int], list[Annotated[Record, ""]], T | None, abc.Callable[..., int]])
def test_an_alias_of_a_defined_name_is_resolvable(type_):
    require_resolvable(type_)


class First:
    class Point: ...


Point = First.Point
HERE = __name__


def _a_class(name: str, module: str) -> type:
    return type(name, (), {"__module__": module})


@pytest.mark.parametrize(
    ("types", "shown"),
    [
        ((int, str), ("int", "str")),
        ((np.bool_, bool), ("numpy.bool", "bool")),
        ((list[np.bool_], str), ("list[numpy.bool]", "str")),
        ((pd.DataFrame, pl.DataFrame), ("pandas.DataFrame", "polars.DataFrame")),
        ((_a_class("Point", "here"), list[_a_class("Point", "there")]), ("here.Point", "list[there.Point]")),
        ((_a_class("Point", "here") | None, _a_class("Point", "there")), ("here.Point | None", "there.Point")),
        ((TypeVar("Frame"), Frame), ("test_typing_rules_forms.Frame", "test_typing_rules_forms.Frame")),
    ],
)
def test_types_with_the_same_name_are_distinguished(types, shown):
    assert format_types_apart(*types) == tuple(text.replace("test_typing_rules_forms", HERE) for text in shown)


def test_two_classes_that_print_alike_get_a_hint():
    advice = hint(_a_class("Point", "flow"), _a_class("Point", "flow"))
    assert advice == (
        "Two classes have the same name: one was redefined after the other was imported. Import both files again."
    )
    assert hint(str, Frame) == "The type variable `Frame` stands for DataFrame."
