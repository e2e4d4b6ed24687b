"""A builder: its arguments and its immutability."""

import pytest

from headwater import Builder, errors
from headwater.errors import (
    UnusedNameWarning,
)


def price() -> int:
    return 10


def rate(region: str = "us") -> float:
    return {"us": 0.1, "eu": 0.2}[region]


def total(price: int, rate: float) -> float:
    return price * (1 + rate)


def test_config_gives_a_value_to_an_input_or_in_place_of_a_node():
    builder = Builder().with_functions(price, rate, total)
    assert builder.with_config({"region": "eu"}).build().execute(["total"]) == {"total": 12.0}
    assert builder.with_config({"price": 100}).build().execute(["price", "total"])["price"] == 100


def test_config_of_a_wrong_type_is_refused_if_it_is_needed():
    with pytest.warns(errors.WrongValueWarning, match="`region` must be of type str for `rate`"):
        driver = Builder().with_functions(rate).with_config({"region": 3}).build()
    with pytest.raises(errors.WrongConfigType, match="`region` must be of type str for `rate`"):
        driver.execute(["rate"])


def test_a_builder_can_be_built_upon_twice():
    start = Builder().with_functions(rate)
    eu, us = start.with_config({"region": "eu"}), start.with_config({"region": "us"})
    assert [builder.build().execute(["rate"])["rate"] for builder in (eu, us)] == [0.2, 0.1]


def test_an_unknown_config_key_is_a_warning():
    with pytest.warns(UnusedNameWarning, match="Config key `regoin` .* Did you mean `region`") as caught:
        Builder().with_functions(rate).with_config({"regoin": "eu"}).build()
    assert caught[0].filename == __file__
