"""`does`, `resolve` and `exclude`: functions that are made another way, or not at all."""

import pytest

from headwater import (
    Builder,
    ResolveAt,
    config,
    does,
    exclude,
    inject,
    parameterize,
    resolve,
    resolve_from_config,
    tag,
    value,
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


def test_parameters_go_by_the_names_of_the_other_function(flow, fresh):
    driver = flow(does(_minus, left="price", right="tax")(fresh(empty)))
    assert driver.execute(["empty"], inputs={"price": 10, "tax": 3}) == {"empty": 7}


def test_a_body_of_pass_or_a_docstring_is_empty(flow):
    @does(_sum)
    def one(a: int) -> int:
        pass

    @does(_sum)
    def two(a: int) -> int:
        """Two."""

    assert flow(one, two).execute(["one", "two"], inputs={"a": 1}) == {"one": 1, "two": 1}


def test_a_decorator_is_computed_from_the_config(flow, fresh):
    decorated = resolve(decorate_with=lambda rates: parameterize(**{f"at_{n}": {"tax": value(n)} for n in rates}))
    driver = flow(decorated(does(_sum)(fresh(empty))), rates=[1, 5])
    assert driver.execute(["at_1", "at_5"], inputs={"price": 10}) == {"at_1": 11, "at_5": 15}


def test_a_key_with_a_default_may_be_missing(flow, fresh):
    decorated = resolve_from_config(decorate_with=lambda rate=7: inject(price=value(rate)))(fresh(full))
    assert flow(decorated).execute(["full"]) == {"full": 7}
    assert flow(decorated, rate=8).execute(["full"]) == {"full": 8}


def test_what_is_computed_is_not_noted_on_the_function(flow, fresh):
    decorated = resolve(decorate_with=lambda owner: tag(owner=owner))(fresh(full))
    assert flow(decorated, owner="a").graph["full"].tags == {"owner": "a"}
    assert flow(decorated, owner="b").graph["full"].tags == {"owner": "b"}


def test_an_excluded_function_is_no_node(module):
    flows = module(
        "flows", "from headwater import exclude\n@exclude\ndef helper__(x: int) -> int: ...\ndef node() -> int: ...\n"
    )
    assert set(Builder().with_modules(flows).build().graph.nodes) == {"node"}


def test_an_excluded_function_is_called_as_before():
    @exclude
    def helper(x: int) -> int:
        return x + 1

    assert helper(1) == 2


MISUSES = {
    "a body of its own": (lambda: does(_sum), full, "the function has a body of its own, which would never run"),
    "a body of a constant": (lambda: does(_sum), constant, "the function has a body of its own, which would never run"),
    "no function": (lambda: does(3), empty, "it takes the function that computes the value, and not 3"),
    "a parameter that there is not": (
        lambda: does(_minus, left="prise", right="tax"),
        empty,
        "`prise` is no parameter of it. Did you mean `price`?",
    ),
    "a function that cannot be called so": (
        lambda: does(_minus, left="price"),
        empty,
        "`_minus` cannot be called with left, tax: missing a required argument: 'right'",
    ),
    "a key that the config lacks": (
        lambda: resolve(decorate_with=lambda region: tag(region=region)),
        full,
        "it needs the config's `region`, and the config has none: give it with `with_config`. Did you mean `regions`?",
    ),
    "no function of the config": (lambda: resolve(decorate_with=3), full, "`decorate_with` takes a function of config keys"),
    "keys without names": (
        lambda: resolve(decorate_with=lambda *regions: tag(regions=regions)),
        full,
        "`decorate_with` takes config keys by name, and `*regions` has none",
    ),
    "no decorator": (
        lambda: resolve(decorate_with=lambda regions: regions),
        full,
        "`decorate_with` has to return one of Headwater's decorators, and returned ['eu']",
    ),
    "a condition": (
        lambda: resolve(decorate_with=lambda regions: config.when(a=regions)),
        full,
        "it cannot decide whether the function takes part: use `config.when` on the function itself",
    ),
    "another time": (
        lambda: resolve(when="later", decorate_with=lambda: tag(a="b")),
        full,
        "`when` is `ResolveAt.CONFIG_AVAILABLE`, and not 'later'",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), MISUSES.values(), ids=MISUSES)
def test_misuse_names_function_line_and_remedy(decorator, function, reason, refused):
    refused(decorator, function, reason, regions=["eu"])


def test_the_time_to_resolve_is_when_the_config_is_there(flow, fresh):
    decorated = resolve(when=ResolveAt.CONFIG_AVAILABLE, decorate_with=lambda: tag(a="b"))(fresh(full))
    assert flow(decorated).graph["full"].tags == {"a": "b"}
