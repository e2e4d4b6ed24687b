"""A dataflow can use custom type checks."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder
from headwater.errors import IncompatibleTypes, WrongConfigType, WrongInputType, WrongOverrideType
from headwater.hooks import TypeChecks
from headwater.io import to

if TYPE_CHECKING:
    from pathlib import Path


def price() -> int:
    return 5


def label(price: str, unit: str) -> str:
    return f"{price} {unit}"


def everything(_: object, __: Any) -> bool:
    return True


def nothing(_: object, __: Any) -> bool:
    return False


def no_tuples(value: object, _: Any) -> bool:
    return not isinstance(value, tuple)


def test_types_that_do_not_fit_by_the_default_rules_can_be_connected() -> None:
    builder = Builder().with_functions(price, label)
    with pytest.raises(IncompatibleTypes):
        builder.build()
    driver = builder.with_type_checks(TypeChecks(connects=everything)).build()
    assert driver.execute(["label"], inputs={"unit": "euros"}) == {"label": "5 euros"}


def test_types_that_fit_by_the_default_rules_can_be_refused() -> None:
    def double(price: int) -> int:
        return 2 * price

    with pytest.raises(IncompatibleTypes, match="price"):
        Builder().with_functions(price, double).with_type_checks(TypeChecks(connects=nothing)).build()


@pytest.mark.parametrize(
    ("inputs", "overrides", "error"),
    [({"unit": 1, "price": "5"}, {}, WrongInputType), ({"unit": "euros", "price": "5"}, {"label": 1}, WrongOverrideType)],
    ids=["input", "override"],
)
def test_values_that_do_not_fit_by_the_default_rules_can_be_accepted(inputs, overrides, error) -> None:
    builder = Builder().with_functions(label)
    with pytest.raises(error):
        builder.build().execute(["label"], inputs=inputs, overrides=overrides)
    driver = builder.with_type_checks(TypeChecks(accepts=everything)).build()
    for _ in range(3):  # a repeated request takes a different code path
        driver.execute(["label"], inputs=inputs, overrides=overrides)


def test_a_value_is_refused_in_a_repeated_request_too() -> None:
    driver = Builder().with_functions(label).with_type_checks(TypeChecks(accepts=no_tuples)).build()
    assert driver.execute(["label"], inputs={"unit": 1, "price": 2}) == {"label": "2 1"}
    with pytest.raises(WrongInputType):
        driver.execute(["label"], inputs={"unit": (), "price": 2})


def test_a_config_value_that_does_not_fit_by_the_default_rules_can_be_accepted() -> None:
    builder = Builder().with_functions(label).with_config({"unit": 1})
    with pytest.warns(UserWarning, match="unit"):
        driver = builder.build()
    with pytest.raises(WrongConfigType):
        driver.execute(["label"], inputs={"price": "5"})
    driver = builder.with_type_checks(TypeChecks(accepts=everything)).build()
    assert driver.execute(["label"], inputs={"price": "5"}) == {"label": "5 1"}


def test_a_driver_with_other_checks_can_be_pickled_and_extended(tmp_path: Path) -> None:
    builder = Builder().with_functions(price, label).with_type_checks(TypeChecks(connects=everything, accepts=everything))
    driver = builder.with_materializers(to.text(id="saved", path=str(tmp_path / "a.txt"), dependencies=["label"])).build()
    copy = pickle.loads(pickle.dumps(driver))  # noqa: S301 - the test's own data
    assert copy.execute(["label"], inputs={"unit": 1}) == {"label": "5 1"}


def test_only_type_checks_are_accepted() -> None:
    with pytest.raises(TypeError, match=r"takes a `headwater\.hooks\.TypeChecks`"):
        Builder().with_type_checks(everything)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
