"""Type checks of arguments and values during a run."""

from __future__ import annotations

from typing import Any

import pytest

from headwater import Builder, tag
from headwater.errors import WrongRuntimeType
from headwater.hooks import StrictTypes


@tag(kind="list")
def prices() -> list[float]:
    return [1.5, "2.5"]  # type: ignore[list-item]


def total(prices: list[float], rate: float = "0") -> float:  # type: ignore[assignment]
    return 1


def run(hook: StrictTypes, output: str, **overrides: Any) -> Any:
    return Builder().with_functions(prices, total).with_hooks(hook).build().execute([output], overrides=overrides)


def test_a_value_of_the_wrong_type_is_an_error_of_its_function() -> None:
    with pytest.raises(WrongRuntimeType, match=r"`prices` \(.*\) must return list\[float\], but returned list") as caught:
        run(StrictTypes(), "total")
    assert (caught.value.node, caught.value.parameter) == ("prices", None)
    assert isinstance(caught.value, TypeError)


def test_an_argument_of_the_wrong_type_is_an_error_of_the_function_that_receives_it() -> None:
    with pytest.raises(
        WrongRuntimeType, match=r"`total` \(.*\) must receive list\[float\] for `prices`, but received list"
    ) as caught:
        run(StrictTypes(values=False), "total")
    assert (caught.value.node, caught.value.parameter) == ("total", "prices")


def test_right_types_pass_and_a_default_is_not_checked() -> None:
    assert run(StrictTypes(), "total", prices=[1.0, 2]) == {"total": 1}


def test_only_selected_nodes_are_checked() -> None:
    assert run(StrictTypes(tag={"kind": "other"}), "prices") == {"prices": [1.5, "2.5"]}
    assert run(StrictTypes(arguments=False, name="total"), "total") == {"total": 1}
