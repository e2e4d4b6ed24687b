"""Types between functions: generic functions, inputs with several readers, and messages that distinguish types."""

import itertools
from collections.abc import Callable, Iterable, Sequence, Sized
from typing import Annotated, Any, TypeVar

import numpy as np
import pandas as pd
import pytest

from headwater import Builder, check_output, extract_fields, parameterize, value
from headwater.errors import HeadwaterError, IncompatibleInput, IncompatibleTypes, WrongInputType, WrongValueWarning
from headwater.types.typing_rules import is_instance

pl = pytest.importorskip("polars")

T = TypeVar("T")
Frame = TypeVar("Frame", bound=pd.DataFrame)
Number = TypeVar("Number", int, float)


def function(name: str, returns: Any, **parameters: Any) -> Callable[..., Any]:
    """Return a function with a name and annotations. It returns its first argument, or None."""
    names = list(parameters)
    namespace: dict[str, Any] = {}
    exec(f"def {name}({', '.join(names)}): return {names[0] if names else None}", namespace)  # noqa: S102
    function = namespace[name]
    function.__annotations__ = {**parameters, "return": returns}
    return function


class Wide(pd.DataFrame): ...


GENERIC = {
    "an unbound variable passes the type on": (function("a", int), function("b", T, a=T), function("c", int, b=float), None),
    "the passed type is checked": (function("a", str), function("b", T, a=T), function("c", int, b=int), "returns str"),
    "a bound is checked": (function("a", str), function("b", Frame, a=Frame), function("c", int, b=Any), "takes `a: Frame`"),
    "a narrower class passes": (function("a", Wide), function("b", Frame, a=Frame), function("c", int, b=Wide), None),
    "the bound alone is not enough": (
        function("a", pd.DataFrame), function("b", Frame, a=Frame), function("c", int, b=Wide), "returns DataFrame",
    ),
    "a constraint": (function("a", bool), function("b", Number, a=Number), function("c", int, b=int), None),
    "a variable in containers": (
        function("a", list[int]), function("b", dict[str, T], a=Sequence[T]), function("c", int, b=dict[str, int]), None,
    ),
    "a variable in containers, of another type": (
        function("a", list[int]), function("b", T, a=Sequence[T]), function("c", int, b=str), "returns int",
    ),
    "an input that another function reads": (
        function("x", int, b=float), function("b", T, a=T), function("c", int, a=int), None,
    ),
    "an input of unknown type": (function("x", int, b=str), function("b", T, a=T), function("c", int, b=Any), None),
    "a variable with metadata": (
        function("a", int), function("b", Annotated[T, "same"], a=T), function("c", int, b=str), "returns int",
    ),
}  # fmt: skip


@pytest.mark.parametrize("flow", GENERIC.values(), ids=GENERIC)
def test_a_generic_function_returns_the_type_of_its_argument(flow):
    *functions, reason = flow
    for ordered in itertools.permutations(functions):
        if reason is None:
            Builder().with_functions(*ordered).build()
        else:
            with pytest.raises(IncompatibleTypes) as caught:
                Builder().with_functions(*ordered).build()
            assert reason in str(caught.value)


def test_a_long_chain_of_generic_functions_hands_its_type_on():
    chain = [function("n0", int), *(function(f"n{number}", T, **{f"n{number - 1}": T}) for number in range(1, 2_000))]
    Builder().with_functions(*chain, function("last", int, n1999=int)).build()
    with pytest.raises(IncompatibleTypes, match="returns int"):
        Builder().with_functions(*chain, function("last", int, n1999=str)).build()


def test_a_variable_is_solved_through_checks_fields_and_defaults():
    @check_output(allow_none=False)
    def same(x: T) -> T:
        return x

    @extract_fields({"first": int})
    def keyed(numbers: Sequence[int], same: T) -> dict[str, int]:
        return {"first": numbers[0]}

    def numbers() -> list[int]:
        return [1]

    def x() -> int:
        return 3

    def after(same: int, first: int) -> int:
        return same + first

    assert Builder().with_functions(same, keyed, numbers, x, after).build().execute(["after"]) == {"after": 4}


def test_a_parameter_that_a_decorator_fixes_leaves_the_variable_open():
    @parameterize(joined={"b": value("text")})
    def either(a: T, b: T) -> T:
        return b

    def a() -> int:
        return 1

    def after(joined: str) -> str:
        return joined

    assert Builder().with_functions(either, a, after).build().execute(["after"]) == {"after": "text"}


READERS = {
    "int | str and str | bytes": ((int | str, str | bytes), ["a"], [1, b"a"]),
    "Any, int and float": ((Any, int, float), [1, True], ["a", 1.5]),
    "list and list[int]": ((list, list[int], Sequence[int]), [[1]], [(1,), 3]),
    "object and str": ((object, str), ["a"], [1]),
    "two protocols": ((Sized, Iterable), [[1]], [3, iter([1])]),
    "a bound variable": ((Frame, Any), [Wide()], [3]),
    "metadata": ((Annotated[float, "metres"], Annotated[int, "steps"]), [1, np.int64(1)], [1.5]),
}


@pytest.mark.parametrize(("types", "fitting", "unfitting"), READERS.values(), ids=READERS)
def test_an_input_has_to_suit_all_its_readers_in_whatever_order(types, fitting, unfitting):
    readers = [function(f"reader_{number}", Any, x=type_) for number, type_ in enumerate(types)]
    for ordered in itertools.permutations(readers):
        driver = Builder().with_functions(*ordered).build()
        for provided in fitting:
            driver.execute(readers, inputs={"x": provided})
        for provided in unfitting:
            with pytest.raises(WrongInputType):
                driver.execute(readers, inputs={"x": provided})
            accepted = [is_instance(provided, type_) for type_ in types]
            assert not all(accepted)
            for reader, is_accepted in zip(readers, accepted, strict=True):
                # If only one reader is requested, the others cause only warnings.
                with pytest.warns(WrongValueWarning) if is_accepted else pytest.raises(WrongInputType):
                    driver.execute([reader], inputs={"x": provided})


EXCLUDING = [(int, str), (Any, int, str), (list[int], list, list[str]), (int | str, str | bytes, bytes | int), (int, Sized)]


@pytest.mark.parametrize("types", EXCLUDING, ids=repr)
def test_incompatible_readers_are_refused_in_any_order(types):
    readers = [function(f"reader_{number}", Any, x=type_) for number, type_ in enumerate(types)]
    for ordered in itertools.permutations(readers):
        with pytest.raises(IncompatibleInput):
            Builder().with_functions(*ordered).build()


def test_three_readers_of_which_each_two_agree_are_listed_together():
    readers = [function(f"r{number}", int, x=type_) for number, type_ in enumerate([int | str, str | bytes, bytes | int])]
    with pytest.raises(IncompatibleInput) as caught:
        Builder().with_functions(*readers).build()
    assert str(caught.value) == (
        "Input `x` has 3 incompatible types: `r0` (<string>:1) takes int | str, "
        "`r1` (<string>:1) takes str | bytes and `r2` (<string>:1) takes bytes | int. "
        "Make the annotations agree, or rename one of the parameters."
    )


def _point(module: str) -> type:
    return type("Point", (), {"__module__": module})


ALIKE = {
    "frames from two libraries": (pl.DataFrame, pd.DataFrame, "takes `a: pandas.DataFrame`", "returns polars.DataFrame."),
    "within containers": (list[_point("here")], list[_point("there")], "takes `a: list[there.Point]`", "list[here.Point]"),
    "a Python class and numpy's": (bool, np.bool_, "takes `a: numpy.bool`", "returns bool."),
}


@pytest.mark.parametrize(("returned", "accepted", "takes", "returns"), ALIKE.values(), ids=ALIKE)
def test_types_with_the_same_text_are_distinguished(returned, accepted, takes, returns):
    with pytest.raises(IncompatibleTypes) as caught:
        Builder().with_functions(function("a", returned), function("b", int, a=accepted)).build()
    assert takes in str(caught.value)
    assert returns in str(caught.value)


def test_a_value_of_another_class_with_the_same_name_is_distinguished():
    expected, other = _point("here"), _point("there")
    driver = Builder().with_functions(function("b", int, a=expected)).build()
    with pytest.raises(HeadwaterError) as caught:
        driver.execute(["b"], inputs={"a": other()})
    assert "must be of type Point for `b` (<string>:1), but got there.Point: " in str(caught.value)
