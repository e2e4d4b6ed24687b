"""`resolve` and `resolve_from_config`: decorators computed from the config."""

import pytest

from headwater import (
    ResolveAt,
    config,
    does,
    inject,
    parameterize,
    resolve,
    resolve_from_config,
    tag,
    value,
)


def _sum(**amounts: int) -> int:
    return sum(amounts.values())


def empty(price: int, tax: int = 2) -> int: ...


def full(price: int) -> int:
    return price


def test_a_decorator_is_computed_from_the_config(flow, fresh):
    decorated = resolve(decorate_with=lambda rates: parameterize(**{f"at_{n}": {"tax": value(n)} for n in rates}))
    driver = flow(decorated(does(_sum)(fresh(empty))), rates=[1, 5])
    assert driver.execute(["at_1", "at_5"], inputs={"price": 10}) == {"at_1": 11, "at_5": 15}


def test_a_key_with_a_default_may_be_missing(flow, fresh):
    decorated = resolve_from_config(decorate_with=lambda rate=7: inject(price=value(rate)))(fresh(full))
    assert flow(decorated).execute(["full"]) == {"full": 7}
    assert flow(decorated, rate=8).execute(["full"]) == {"full": 8}


def test_a_computed_decorator_is_not_attached_to_the_function(flow, fresh):
    decorated = resolve(decorate_with=lambda owner: tag(owner=owner))(fresh(full))
    assert flow(decorated, owner="a").graph["full"].tags == {"owner": "a"}
    assert flow(decorated, owner="b").graph["full"].tags == {"owner": "b"}


INVALID_USES = {
    "a key that the config lacks": (
        lambda: resolve(decorate_with=lambda region: tag(region=region)),
        full,
        "it needs config value `region`, which is not set. Set it with `with_config`. Did you mean `regions`?",
    ),
    "not a function": (lambda: resolve(decorate_with=3), full, "`decorate_with` takes a function of config keys"),
    "keys without names": (
        lambda: resolve(decorate_with=lambda *regions: tag(regions=regions)),
        full,
        "`decorate_with` receives config values as keyword arguments, so it cannot have `*regions`",
    ),
    "not a decorator": (
        lambda: resolve(decorate_with=lambda regions: regions),
        full,
        "`decorate_with` must return a Headwater decorator, but returned ['eu']",
    ),
    "a condition": (
        lambda: resolve(decorate_with=lambda regions: config.when(a=regions)),
        full,
        "it cannot decide whether the function is included. Use `config.when` on the function itself",
    ),
    "another time": (
        lambda: resolve(when="later", decorate_with=lambda: tag(a="b")),
        full,
        "`when` must be `ResolveAt.CONFIG_AVAILABLE`, not 'later'",
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason, regions=["eu"])


def test_a_decorator_is_resolved_when_the_config_is_available(flow, fresh):
    decorated = resolve(when=ResolveAt.CONFIG_AVAILABLE, decorate_with=lambda: tag(a="b"))(fresh(full))
    assert flow(decorated).graph["full"].tags == {"a": "b"}
