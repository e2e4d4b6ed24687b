"""`does`: another function computes the value."""

import pytest

from headwater import (
    does,
)


def _sum(**amounts: int) -> int:
    return sum(amounts.values())


def _minus(left: int, right: int) -> int:
    return left - right


def empty(price: int, tax: int = 2) -> int: ...


def full(price: int) -> int:
    return price


def constant(price: int) -> int:
    return 3


def test_another_function_computes_the_value(flow, fresh):
    driver = flow(does(_sum)(fresh(empty)))
    assert driver.execute(["empty"], inputs={"price": 10}) == {"empty": 12}


def test_parameters_are_passed_by_the_names_of_the_other_function(flow, fresh):
    driver = flow(does(_minus, left="price", right="tax")(fresh(empty)))
    assert driver.execute(["empty"], inputs={"price": 10, "tax": 3}) == {"empty": 7}


def test_a_body_of_pass_or_a_docstring_is_empty(flow):
    @does(_sum)
    def first(a: int) -> int:
        pass

    @does(_sum)
    def second(a: int) -> int:
        """Two."""

    assert flow(first, second).execute(["first", "second"], inputs={"a": 1}) == {"first": 1, "second": 1}


INVALID_USES = {
    "a body": (lambda: does(_sum), full, "the function has a body, which would never run"),
    "a constant as the body": (lambda: does(_sum), constant, "the function has a body, which would never run"),
    "not a function": (lambda: does(3), empty, "it takes the function that computes the value, not 3"),
    "an unknown parameter": (
        lambda: does(_minus, left="prise", right="tax"),
        empty,
        "`prise` is not a parameter of the function. Did you mean `price`?",
    ),
    "a function with other parameters": (
        lambda: does(_minus, left="price"),
        empty,
        "`_minus` cannot be called with left, tax: missing a required argument: 'right'",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason, regions=["eu"])
