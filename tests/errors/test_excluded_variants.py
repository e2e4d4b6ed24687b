"""If the config excludes all variants of a node, the error names the config key and the values that select a variant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from headwater import Builder, config
from headwater.errors import MissingInput, UnknownNode

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def total(tax: float) -> float:
    return tax


def variants(*decorators: Decorator) -> list[Callable[..., Any]]:
    """Return variants of `tax`, one for each decorator."""
    functions = []
    for number, decorator in enumerate(decorators):

        def tax(price: float = 1.0) -> float:
            return price

        tax.__name__ = tax.__qualname__ = f"tax__v{number}"
        functions.append(decorator(tax))
    return functions


def advice(decorators: list[Decorator], values: dict[str, Any]) -> str:
    """Return the last line of the error for a node that depends on `tax`."""
    driver = Builder().with_functions(total, *variants(*decorators)).with_config(values).build()
    with pytest.raises(MissingInput) as caught:
        driver.execute(["total"])
    return str(caught.value).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("decorators", "values", "expected"),
    [
        (
            [config.when(region="us"), config.when(region="eu")],
            {},
            "Config value `region` is not set. Set it to 'us' or 'eu' with `with_config`.",
        ),
        ([config.when(region="us")], {}, "Config value `region` is not set. Set it to 'us' with `with_config`."),
        (
            [config.when_in(region=["us", "ca"]), config.when(region="eu")],
            {},
            "Config value `region` is not set. Set it to 'us', 'ca' or 'eu' with `with_config`.",
        ),
        (
            [config.when_in(level=range(1_000))],
            {},
            "Config value `level` is not set. Set it to 0, 1, 2, 3, 4, 5, 6, 7 or another allowed value with `with_config`.",
        ),
        (
            [config.when(region="us"), config.when(region="eu")],
            {"region": "uk"},
            "Config value `region` is 'uk'. Set it to 'us' or 'eu' with `with_config`.",
        ),
        (
            [config.when_not(region="us")],
            {"region": "us"},
            "Config value `region` is 'us'. Set it to another value with `with_config`.",
        ),
        (
            [config.when_not_in(region=["us", "ca"])],
            {"region": "ca"},
            "Config value `region` is 'ca'. Set it to another value with `with_config`.",
        ),
        (
            [config.when_not(region=None)],
            {},
            "Config value `region` is not set. Set it with `with_config`.",
        ),
        (
            [config.when_not_in(region=["us", None])],
            {},
            "Config value `region` is not set. Set it with `with_config`.",
        ),
        (
            [config.when(region="us", plan="pro")],
            {"region": "us"},
            "Config value `plan` is not set. Set it to 'pro' with `with_config`.",
        ),
        (
            [config.when(region="us", plan="pro"), config.when(region="eu")],
            {"region": "us"},
            "Config value `plan` is not set. Set it to 'pro' with `with_config`.",
        ),
        (
            [lambda function: config.when(region="us")(config.when_in(plan=["pro"])(function))],
            {},
            (
                "Config value `plan` is not set. Set it to 'pro' with `with_config`. "
                "Config value `region` is not set. Set it to 'us' with `with_config`."
            ),
        ),
        ([config.where(lambda year: year is not None)], {}, "Config value `year` is not set. Set it with `with_config`."),
        (
            [config.where(lambda year: year > 2020)],
            {"year": 1999},
            "Config value `year` is 1999. Set it to another value with `with_config`.",
        ),
    ],
)
def test_the_advice_names_the_key_and_the_values_to_set(
    decorators: list[Decorator], values: dict[str, Any], expected: str
) -> None:
    assert advice(decorators, values) == expected


def test_the_error_lists_the_variants_with_their_places() -> None:
    functions = variants(config.when(region="us"), config.when_in(region=["eu"]))
    driver = Builder().with_functions(total, *functions).build()
    with pytest.raises(MissingInput) as caught:
        driver.execute(["total"])
    first, path, reader, *listed, last = str(caught.value).splitlines()
    assert first == "`total` needs `tax`, but the config selects none of its variants."
    assert path == "  needed for  total -> tax"
    assert reader.startswith("  total       ")
    assert [line.split()[0] for line in listed] == ["tax__v0", "tax__v1"]
    assert [line.split("   ")[-1] for line in listed] == ["excluded by @config.when", "excluded by @config.when_in"]
    assert last == "  Config value `region` is not set. Set it to 'us' or 'eu' with `with_config`."


def test_a_requested_node_that_the_config_leaves_out_is_explained() -> None:
    driver = Builder().with_functions(*variants(config.when(region="us"))).build()
    with pytest.raises(UnknownNode) as caught:
        driver.execute(["tax"])
    first, _, last = str(caught.value).splitlines()
    assert first == "There is no node `tax`: the config selects none of its variants."
    assert last == "  Config value `region` is not set. Set it to 'us' with `with_config`."


def test_a_function_that_is_always_excluded_is_not_a_variant() -> None:
    from headwater import exclude

    driver = Builder().with_functions(total, *variants(exclude)).build()
    with pytest.raises(MissingInput, match="but no function computes it and no input provides it"):
        driver.execute(["total"])


def test_the_value_can_still_be_provided_as_an_input() -> None:
    driver = Builder().with_functions(total, *variants(config.when(region="us"))).build()
    assert driver.execute(["total"], inputs={"tax": 2.0}) == {"total": 2.0}


def test_materializers_preserve_the_excluded_variants() -> None:
    from headwater.io import to

    saving = to.json(id="saved", dependencies=["total"], path="total.json")
    builder = Builder().with_functions(total, *variants(config.when(region="us"))).with_materializers(saving)
    with pytest.raises(MissingInput, match="Config value `region` is not set"):
        builder.build().execute(["total"])
