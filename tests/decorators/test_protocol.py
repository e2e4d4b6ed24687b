"""Decorators with a missing call, and with arguments that their parameters do not accept."""

import functools

import pytest

import headwater
from headwater import (
    Builder,
    config,
    does,
    extract_fields,
    parameterize,
    parameterize_values,
    resolve,
    subdag,
    tag,
    value,
)
from headwater.decorators import Phase, attach
from headwater.decorators.protocol import Decorator, takes_arguments
from headwater.errors import DecoratorError


def number(left: int, right: int) -> int:
    return left + right


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("@does\ndef total(price: int) -> int: ...", "@does on `total`"),
        ("@mutate\ndef _total(price: int) -> int: ...", "@mutate on `_total`"),
        ("@tag(unit='kg')\n@subdag\ndef total(price: int) -> int: ...", "@subdag on `total`"),
        ("@subdag\n@tag(unit='kg')\ndef total(price: int) -> int: ...", "@subdag on `total`"),
        ("@mutate\n@subdag\ndef total(price: int) -> int: ...", "@subdag on `total`"),
        ("@tag\n@does\ndef total(price: int) -> int: ...", "@does on `total`"),
        ("@config.when(region='eu')\n@does\ndef total__eu(price: int) -> int: ...", "@does on `total__eu`"),
        ("@subdag\n@cache\ndef total(price: int) -> int: ...", "@subdag on `total`"),
    ],
)
def test_the_error_for_a_missing_call_names_the_function(written, says, module):
    source = f"from functools import cache\nfrom headwater import config, does, mutate, subdag, tag\n\n{written}\n"
    with pytest.raises(DecoratorError) as caught:
        Builder().with_modules(module("prices", source)).build()
    assert str(caught.value).startswith(says)
    assert "Write `@" in str(caught.value)
    assert caught.value.locations[0].line == 4


def test_a_decorator_stored_under_another_name_decorates(module):
    source = """
        from headwater import does

        def _sum(**numbers: int) -> int:
            return sum(numbers.values())

        summed = does(_sum)

        @summed
        def total(price: int, tax: int) -> int: ...
    """
    flow = Builder().with_modules(module("prices", source)).build()
    assert flow.execute(["total"], inputs={"price": 10, "tax": 2}) == {"total": 12}


KEYWORDS_ONLY = "it takes only keyword arguments. Write a name before each value, as in"


@pytest.mark.parametrize(
    ("decorator", "reason"),
    [
        (resolve, "missing a required argument: 'decorate_with'; it takes `when`, `decorate_with`."),
        (does, "missing a required argument: 'replacing'; it takes `replacing`, `**parameters`."),
        (
            lambda: parameterize_values("left"),
            "missing a required argument: 'assigned_output'; it takes `parameter`, `assigned_output`.",
        ),
        (lambda: tag("kg"), f"{KEYWORDS_ONLY} `@tag(name=value)`."),
        (lambda: config.when("eu"), f"{KEYWORDS_ONLY} `@config.when(name=value)`."),
        (lambda: subdag(number, inptus={}), "got an unexpected keyword argument 'inptus'; it takes `*functions`, `inputs`, "),
        (lambda: headwater.load_from.json("a.json"), f"{KEYWORDS_ONLY} `@load_from.json(name=value)`."),
    ],
)
def test_unexpected_arguments_of_a_decorator_are_an_error_at_the_function(decorator, reason, expect_error):
    expect_error(decorator, number, reason)


def test_an_exception_inside_a_decorator_is_not_replaced():
    @takes_arguments("loud")
    def loud(volume: object) -> Decorator:
        raise TypeError(f"{volume} is not a volume")

    with pytest.raises(TypeError, match="11 is not a volume"):
        loud(11)


def test_a_missing_call_on_a_wrapped_function_is_an_error(expect_error):
    expect_error(lambda: lambda function: does(functools.cache(function)), number, "it takes arguments. Write `@does(...)`.")


def test_a_decorator_on_a_class_is_refused():
    with pytest.raises(TypeError, match="@tag decorates functions"):
        tag(a="b")(int)


def test_a_decorator_for_one_node_refuses_several():
    @extract_fields({"a": int})
    @parameterize(first={"x": value(1)}, second={"x": value(2)})
    def record(x: int) -> dict[str, int]: ...

    with pytest.raises(DecoratorError, match="works on one node, but the decorators below it create 2: `first`, `second`"):
        Builder().with_functions(record).build()


def test_a_custom_decorator_needs_a_name_a_phase_and_apply():
    class Shout:
        name = "shout"
        phase = Phase.ANNOTATE

        def apply(self, nodes):
            return [node.renamed(node.name.upper()) for node in nodes]

    def quiet() -> int:
        return 1

    assert Builder().with_functions(attach(Shout(), quiet)).build().execute(["QUIET"]) == {"QUIET": 1}
