"""Custom validators: functions and objects."""

import asyncio
import contextvars
import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder, check_output, check_output_custom
from headwater.errors import ChecksFailed, CheckWarning, DecoratorError
from headwater.quality import ValidationResult, Validator


def is_even(number: int) -> bool:
    """The number is even.

    Zero is even.
    """
    return number % 2 == 0


def is_small(number: int) -> ValidationResult:
    return ValidationResult(number < 10, f"{number} is compared with 10.", {"limit": 10})


@dataclass(frozen=True)
class Multiple:
    """A validator with state."""

    of: int
    importance: str | None = None
    name = "multiple"

    @property
    def description(self) -> str:
        return f"The number is a multiple of {self.of}."

    def applies_to(self, type_: Any) -> bool:
        return type_ is int

    def validate(self, value: Any) -> ValidationResult:
        return ValidationResult(value % self.of == 0, f"{value} % {self.of} is {value % self.of}.")


def driver_of(decorator, returned=3, type_=int):
    def people() -> type_:
        return returned

    return Builder().with_functions(decorator(people)).build()


def test_a_function_is_a_check_with_its_name():
    driver = driver_of(check_output_custom(is_even, is_small, importance="fail"))
    assert [node.name for node in driver.graph] == [
        *("people_raw", "people_is_even_validator", "people_is_small_validator", "people")
    ]
    assert driver.graph["people_is_even_validator"].doc == "The result of the check `is_even` for `people`: The number is even."
    results = driver.execute(["people_is_even_validator", "people_is_small_validator"])
    assert results["people_is_even_validator"] == ValidationResult(False, "3: The number is even.")
    assert results["people_is_small_validator"].diagnostics == {"limit": 10}
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["people"])
    assert caught.value.failures == ("is_even: 3: The number is even.",)


def test_a_private_function_is_a_check_without_the_underscore():
    def _odd(number: int) -> bool:
        return number % 2 == 1

    driver = driver_of(check_output_custom(_odd))
    assert driver.execute(["people_odd_validator"])["people_odd_validator"].message == "3: `odd` must be true."


def test_an_object_with_state_is_a_validator():
    assert isinstance(Multiple(2), Validator)
    driver = driver_of(check_output_custom(Multiple(2), Multiple(5)))
    results = driver.execute(["people_multiple_validator", "people_multiple_validator_1"])
    assert [result.message for result in results.values()] == ["3 % 2 is 1.", "3 % 5 is 3."]
    with pytest.warns(CheckWarning) as caught:
        driver.execute(["people"])
    assert len(caught) == 2


def test_a_validator_may_set_its_importance():
    driver = driver_of(check_output_custom(Multiple(2, importance="fail"), is_even))
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["people"])
    assert caught.value.failures == ("multiple: 3 % 2 is 1.", "is_even: 3: The number is even. (a warning)")


def test_custom_and_built_in_checks_of_a_node_are_reported_together():
    driver = driver_of(
        lambda function: check_output(range=(0, 1), importance="fail")(
            check_output_custom(is_even, importance="fail")(function)
        )
    )
    with pytest.raises(ChecksFailed) as caught:
        driver.execute(["people"])
    assert len(caught.value.failures) == 2


def test_an_exception_of_a_validator_reaches_the_caller_with_its_node():
    def broken(number: int) -> bool:
        raise KeyError("limit")

    with pytest.raises(KeyError) as caught:
        driver_of(check_output_custom(broken)).execute(["people"])
    assert "Raised in node `people_broken_validator`" in caught.value.__notes__[0]


def test_an_invalid_return_value_of_a_validator_is_an_error():
    def silent(number: int) -> None: ...

    with pytest.raises(TypeError, match="`silent` must return a `ValidationResult`, True or False, but returned None"):
        driver_of(check_output_custom(silent)).execute(["people"])


def test_a_function_without_annotations_is_a_validator():
    assert driver_of(check_output_custom(max), returned=[True], type_=list).execute(["people"]) == {"people": [True]}


def test_a_bool_of_numpy_is_a_result():
    np = pytest.importorskip("numpy")

    def positive(number: int) -> bool:
        return np.int64(number) > 0

    assert driver_of(check_output_custom(positive, importance="fail")).execute(["people"]) == {"people": 3}


# --- async ------------------------------------------------------------------------------------------------------------
REGION = contextvars.ContextVar("REGION", default="none")


@dataclass(frozen=True)
class OfRegion:
    name = "of_region"
    description = "It belongs to the region."

    def applies_to(self, type_: Any) -> bool:
        return type_ is int

    async def validate(self, value: Any) -> ValidationResult:
        await asyncio.sleep(0)
        return ValidationResult(REGION.get() == "eu", f"The region of {value} is {REGION.get()}.")


# --- errors -----------------------------------------------------------------------------------------------------------
def unresolvable(number: "Nowhere") -> bool: ...  # noqa: F821 - deliberately undefined


def within(number: int, limit: int) -> bool: ...


class Nameless(OfRegion):
    name = "of region?"


INVALID_USES = [
    ((within,), {}, "the validator `within` cannot be called with one value: missing a required argument: 'limit'"),
    (
        (Nameless(),),
        {},
        "a validator's `name` becomes part of a node's name, so it must be a Python identifier, not 'of region\\?'",
    ),
    ((), {}, "needs at least one validator: `@check_output_custom"),
    ((3,), {}, "a validator must be a function of one argument or a `headwater.quality.Validator`.*, not 3"),
    ((Multiple,), {}, r"`Multiple` is a class. Pass an instance: `Multiple\(...\)`"),
    ((lambda number: number > 0,), {}, "a validator must be a function of one argument or a `headwater.quality.Validator`"),
    ((is_even,), {"importance": "maybe"}, '`importance` must be "warn" or "fail", not \'maybe\''),
    ((Multiple(2, importance="maybe"),), {}, '`importance` must be "warn" or "fail", not \'maybe\''),
    ((is_even,), {"target_": "pople"}, "`target_` names `pople`, but the function's nodes are `people`. Did you mean `people`"),
    ((unresolvable,), {}, "the validator `unresolvable` has an annotation that cannot be resolved: name 'Nowhere'"),
]


@pytest.mark.parametrize(("validators", "arguments", "reason"), INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(validators, arguments, reason):
    def people() -> int: ...

    with pytest.raises(DecoratorError, match=reason) as caught:
        Builder().with_functions(check_output_custom(*validators, **arguments)(people)).build()
    assert str(caught.value).startswith(f"@check_output_custom on `people` ({caught.value.locations[0]}): ")
    assert caught.value.locations[0].line == people.__code__.co_firstlineno


@pytest.mark.parametrize("validator", [is_even, Multiple(2)])
def test_a_validator_that_does_not_apply_to_the_type_is_an_error_when_the_graph_is_built(validator):
    with pytest.raises(DecoratorError, match=r"`(is_even|multiple)` does not apply to values of type str\.") as caught:
        driver_of(check_output_custom(validator), type_=str)
    assert f"{Path(__file__).name}:{inspect.getsourcelines(driver_of)[1] + 1}" in str(caught.value)
