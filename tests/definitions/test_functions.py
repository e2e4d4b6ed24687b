"""Modules and functions become nodes."""

import functools
import re

import pytest

from headwater import Builder
from headwater.errors import (
    MissingAnnotation,
    NotAFunction,
    SeveralErrors,
    UnresolvedAnnotation,
    UnsupportedParameter,
)

pytestmark = pytest.mark.interpreter  # interpreters evaluate annotations differently


def names(driver) -> list[str]:
    return [node.name for node in driver.list_available_variables()]


def test_public_functions_defined_in_the_module_are_nodes_in_source_order(module):
    flows = module(
        "flows",
        """
        from textwrap import dedent

        def zebra() -> int:
            return 1

        def apple(zebra: int) -> int:
            return zebra + 1

        def _private() -> int:
            return 0

        second_name = apple
        shorthand = lambda value: value

        class Thing:
            pass
        """,
    )
    assert names(Builder().with_modules(flows).build()) == ["zebra", "apple"]


def test_functions_can_be_passed_individually_or_under_another_name():
    def price() -> int:
        return 2

    driver = Builder().with_functions(price, cost=price).build()
    assert driver.execute(["price", "cost"]) == {"price": 2, "cost": 2}


def test_a_lambda_with_a_name_still_needs_annotations():
    with pytest.raises(MissingAnnotation, match=r"`double` .* `x`"):
        Builder().with_functions(double=lambda x: x * 2).build()


@pytest.mark.parametrize("thing", [3, "flows", int, lambda: 1])
def test_anything_but_a_named_function_is_refused(thing):
    with pytest.raises(NotAFunction):
        Builder().with_functions(thing)


def test_the_error_for_a_list_of_functions_shows_how_to_pass_them():
    with pytest.raises(NotAFunction, match=r"with_functions\(\*functions\)"):
        Builder().with_functions([len])


def test_a_module_by_its_name_is_refused():
    with pytest.raises(NotAFunction, match="'flows'"):
        Builder().with_modules("flows")


def test_a_missing_annotation_names_function_parameter_file_and_line(module):
    flows = module("flows", "\ndef total(price: int, rate) -> int:\n    return price\n")
    with pytest.raises(MissingAnnotation) as caught:
        Builder().with_modules(flows).build()
    assert caught.value.parameter == "rate"
    assert [place.line for place in caught.value.locations] == [2]
    assert str(caught.value) == (
        f"`total` ({caught.value.locations[0]}) has no annotation for parameter `rate`. "
        "Add its type: `def total(rate: <type>, ...)`, for example `float` or `pd.DataFrame`. `typing.Any` is allowed."
    )


@pytest.mark.parametrize(
    ("default", "type_"), [("20.0", "float"), ("'EUR'", "str"), ("True", "bool"), ("3", "int"), ("(1, 2)", "<type>")]
)
def test_the_example_of_an_annotation_has_the_type_of_the_default(module, default, type_):
    flows = module("flows", f"def total(price: int, *, rate={default}) -> int:\n    return price\n")
    with pytest.raises(MissingAnnotation, match=rf"`def total\(rate: {type_}, "):
        Builder().with_modules(flows).build()


def test_a_missing_return_annotation_is_an_error():
    def total(price: int):
        return price

    with pytest.raises(MissingAnnotation, match=r"`total` .* has no return annotation"):
        Builder().with_functions(total).build()


def test_all_faulty_functions_are_reported_together():
    def first(a): ...

    def second(b) -> int: ...

    with pytest.raises(SeveralErrors, match=r"(?s)2 errors.*`first`.*`second`") as caught:
        Builder().with_functions(first, second).build()
    assert [type(error) for error in caught.value.errors] == [MissingAnnotation, MissingAnnotation]


def star(*values: int) -> int: ...


def double_star(**options: int) -> int: ...


def before_slash(price: int, /) -> int: ...


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (star, r"`\*values` does not name any nodes"),
        (double_star, r"`\*\*options` does not name any nodes"),
        (before_slash, r"`price` is positional-only"),
    ],
)
def test_parameters_that_cannot_be_named_are_refused_with_a_reason(function, reason):
    with pytest.raises(UnsupportedParameter, match=reason):
        Builder().with_functions(function).build()


class BeforeSlash:
    def __call__(self, price: int, /) -> int: ...


class Star:
    def __call__(self, *values: int) -> int: ...


class Bare:
    def __call__(self, price) -> int: ...


class Open:
    def __call__(self, price: int): ...


class Lost:
    def __call__(self, price: "Nowhere") -> int: ...  # noqa: F821 - deliberately undefined


@pytest.mark.parametrize(
    ("callable_", "error", "reason"),
    [
        (BeforeSlash(), UnsupportedParameter, "`price` is positional-only"),
        (Star(), UnsupportedParameter, r"`\*values` does not name any nodes"),
        (Bare(), MissingAnnotation, "has no annotation for parameter `price`"),
        (Open(), MissingAnnotation, "has no return annotation"),
        (Lost(), UnresolvedAnnotation, "name 'Nowhere' is not defined"),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else type(part).__name__,
)
def test_callable_objects_are_refused_for_the_same_reasons(callable_, error, reason):
    with pytest.raises(error, match=reason) as caught:
        Builder().with_functions(total=callable_).build()
    line = type(callable_).__call__.__code__.co_firstlineno
    assert re.match(rf"`total` \(.*test_functions\.py:{line}\) ", str(caught.value))


def test_a_function_without_a_signature_is_refused():
    with pytest.raises(NotAFunction) as caught:
        Builder().with_functions(total=max).build()
    shown = "`total` (<builtins>:1) cannot be called as a node: no signature found for builtin <built-in function max>."
    assert str(caught.value) == shown


def test_keyword_only_parameters_work():
    def total(price: int, *, rate: int, offset: int = 1) -> int:
        return price * rate + offset

    driver = Builder().with_functions(total).build()
    assert driver.execute(["total"], inputs={"price": 2, "rate": 3}) == {"total": 7}
    assert driver.execute(["total"], inputs={"price": 2, "rate": 3, "offset": 0}) == {"total": 6}


def test_annotations_may_be_strings(module):
    flows = module(
        "flows",
        """
        from __future__ import annotations

        def first() -> int:
            return 1

        def listed(first: int) -> list[Later]:
            return [Later()]

        class Later:
            pass
        """,
    )
    driver = Builder().with_modules(flows).build()
    assert driver.graph["listed"].type == list[flows.Later]


def test_an_annotation_with_an_undefined_name_is_an_error_with_its_location(module):
    flows = module("flows", "from __future__ import annotations\n\ndef first() -> Missing:\n    return 1\n")
    with pytest.raises(UnresolvedAnnotation, match=r"flows\.py:3.*'Missing' is not defined"):
        Builder().with_modules(flows).build()


def test_functions_behind_other_decorators_keep_their_own_signature():
    def logged(function):
        @functools.wraps(function)
        def call(*arguments):
            return function(*arguments)

        return call

    @logged
    def double(x: int) -> int:
        return 2 * x

    @functools.cache
    def triple(x: int) -> int:
        return 3 * x

    def scaled(x: int, factor: int) -> int:
        return factor * x

    driver = Builder().with_functions(double, triple, fivefold=functools.partial(scaled, factor=5)).build()
    assert driver.execute(["double", "triple", "fivefold"], inputs={"x": 2}) == {"double": 4, "triple": 6, "fivefold": 10}
    assert driver.graph["fivefold"].location.line == scaled.__code__.co_firstlineno


def test_a_node_has_the_line_of_its_def_below_decorators(module):
    flows = module("flows", "from headwater import tag\n\n@tag(a='b')\n@tag(\n    c='d')\ndef first() -> int:\n    return 1\n")
    assert Builder().with_modules(flows).build().graph["first"].location.line == 6


def test_docstrings_are_dedented():
    def first() -> int:
        """First.

        Second.
        """
        return 1

    assert Builder().with_functions(first).build().graph["first"].doc == "First.\n\nSecond."
