"""The builder warns only about config keys that nothing reads under any config."""

from __future__ import annotations

import textwrap
import warnings
from types import ModuleType
from typing import Any

import pytest

from headwater import Builder
from headwater.errors import HeadwaterWarning
from headwater.session import Session

HEAD = """
from headwater import config, configuration, inject, pipe_output, resolve, step, subdag, value
from headwater.decorators.protocol import Phase, attach
"""
READ: dict[str, tuple[str, dict[str, Any]]] = {
    "a computed inject": (
        """
        @resolve(decorate_with=lambda mode: inject(x=configuration("rate")))
        def total(x: int) -> int: return x
        """,
        {"mode": 1, "rate": 2},
    ),
    "a computed subdag": (
        """
        def inner(x: int, y: int) -> int: return x + y
        @resolve(decorate_with=lambda mode: subdag(inner, inputs={"x": configuration("rate"), "y": 1}))
        def total(inner: int) -> int: return inner
        """,
        {"mode": 1, "rate": 2},
    ),
    "a computed step": (
        """
        def _step(v: int, by: int) -> int: return v * by
        @resolve(decorate_with=lambda mode: pipe_output(step(_step, by=configuration("rate"))))
        def total() -> int: return 1
        """,
        {"mode": 1, "rate": 2},
    ),
    "a decorator computed by a computed decorator": (
        """
        @resolve(decorate_with=lambda mode: resolve(decorate_with=lambda rate: inject(x=value(rate))))
        def total(x: int) -> int: return x
        """,
        {"mode": 1, "rate": 2},
    ),
    "a user's decorator that reads a key": (
        """
        class Looking:
            name, keys = "looking", frozenset()
            def resolve(self, scope, function): return [inject_of(scope.config["rate"])]
        class inject_of:
            name, phase = "looking", Phase.TRANSFORM
            def __init__(self, rate): self.rate = rate
            def apply(self, nodes): return nodes
        inject_of.__module__ = "elsewhere"
        def total() -> int: return 1
        total = attach(Looking(), total)
        """,
        {"rate": 2},
    ),
    "an excluded variant": (
        """
        @config.when(mode="fast")
        def total__fast() -> int: return 1
        @config.when(mode="slow")
        def total__slow(rate: int) -> int: return rate
        """,
        {"mode": "fast", "rate": 2},
    ),
    "an excluded fallback": (
        """
        @config.when(mode="fast")
        def total__fast() -> int: return 1
        @config.otherwise
        def total__slow(*, rate: int = 1) -> int: return rate
        """,
        {"mode": "fast", "rate": 2},
    ),
    "an excluded variant in a subdag": (
        """
        @config.when(mode="fast")
        def inner__fast() -> int: return 1
        @config.when(mode="slow")
        def inner__slow(rate: int) -> int: return rate
        @subdag(inner__fast, inner__slow)
        def total(inner: int) -> int: return inner
        """,
        {"mode": "fast", "rate": 2},
    ),
    "the config and inputs of a subdag with an excluded variant": (
        """
        @config.when(mode="fast")
        def inner__fast() -> int: return 1
        @config.when(mode="slow")
        def inner__slow(rate: int, other: int) -> int: return rate
        @subdag(inner__fast, inner__slow, config={"mode": "fast", "rate": 2}, inputs={"other": 3})
        def total(inner: int) -> int: return inner
        """,
        {"mode": "fast"},
    ),
}


def built(code: str, config: dict[str, Any]) -> list[str]:
    module = ModuleType("flow")
    exec(compile(HEAD + textwrap.dedent(code), "flow.py", "exec"), vars(module))  # noqa: S102 - the test's own code
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Builder().with_modules(module).with_config(config).build()
    assert all(issubclass(warning.category, HeadwaterWarning) for warning in caught)
    return [str(warning.message) for warning in caught]


@pytest.mark.parametrize(("code", "config"), READ.values(), ids=READ)
def test_config_that_is_or_may_be_read_is_not_a_warning(code: str, config: dict[str, Any]) -> None:
    assert built(code, config) == []
    message = built(code, {**config, "unread": 1})
    assert [text.partition(".")[0] for text in message] == [
        "Config key `unread` has no effect: no function or decorator reads it"
    ]


def test_a_session_does_not_warn_either() -> None:
    for code, config in (READ["a computed inject"], READ["an excluded variant in a subdag"]):
        with Session() as session:
            session.update({"flow.py": HEAD + textwrap.dedent(code)}, config=config)
            problems = [problem for problem in session.run(["total"])["problems"] if "inner__" not in problem["message"]]
            assert problems == []


def test_config_of_a_subdag_that_no_variant_reads_is_a_warning() -> None:
    code = READ["the config and inputs of a subdag with an excluded variant"][0].replace('"other": 3', '"another": 3')
    (text,) = built(code, {"mode": "fast"})
    assert text == (
        "@subdag on `total` (flow.py:9): nothing in the subdag uses the input `another`, so it has no effect. "
        "Did you mean `other`?"
    )


def test_a_key_that_a_computed_decorator_reads_under_another_config_is_warned_of() -> None:
    code = """
    @resolve(decorate_with=lambda mode: inject(x=configuration("rate") if mode else value(1)))
    def total(x: int) -> int: return x
    """
    assert built(code, {"mode": 1, "rate": 2}) == []
    assert built(code, {"mode": 0, "rate": 2}) == ["Config key `rate` has no effect: no function or decorator reads it."]
