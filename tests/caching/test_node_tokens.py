"""The token of a node covers its code and everything that decorators bind."""

from __future__ import annotations

from typing import Any

import pytest

from headwater import Builder
from headwater.caching.loaded_code import LoadedCode
from headwater.caching.node_tokens import NodeToken, covered_token

SOURCES = {
    "parameterize": """
        from headwater import parameterize, source, value

        @parameterize(scaled={"price": source("base"), "rate": value(VALUE)})
        def total(price: int, rate: object) -> object:
            return price, rate
    """,
    "parameterize_values": """
        from headwater import parameterize_values

        @parameterize_values("rate", {"scaled": VALUE})
        def total(rate: object) -> object:
            return rate
    """,
    "inject": """
        from headwater import group, inject, source, value

        @inject(rates=group(source("a"), value(VALUE)))
        def scaled(rates: list[object]) -> object:
            return rates
    """,
    "pipe_input": """
        from headwater import pipe_input, step

        def _add(price: int, by: object) -> object:
            return price, by

        @pipe_input(step(_add, by=VALUE))
        def scaled(price: object) -> object:
            return price
    """,
    "pipe_output": """
        from headwater import pipe_output, step

        def _add(price: object, by: object) -> object:
            return price, by

        @pipe_output(step(_add, by=VALUE))
        def scaled(price: int) -> object:
            return price
    """,
    "pipe helper": """
        from headwater import pipe_output, step

        RATE = VALUE

        def _add(price: object) -> object:
            return price, RATE

        @pipe_output(step(_add))
        def scaled(price: int) -> object:
            return price
    """,
    "does": """
        from headwater import does

        RATE = VALUE

        def _sum(**values: int) -> object:
            return sum(values.values()), RATE

        @does(_sum)
        def scaled(a: int, b: int) -> object: ...
    """,
    "default": """
        def scaled(price: int, rate: object = VALUE) -> object:
            return price, rate
    """,
    "constant": """
        RATE = VALUE

        def scaled(price: int) -> object:
            return price, RATE
    """,
    "class": """
        class Rates:
            LOW = VALUE

        def scaled(price: int) -> object:
            return price, Rates.LOW
    """,
    "check_output": """
        from headwater import check_output

        @check_output(range=(0, VALUE), importance="fail")
        def scaled(price: int) -> float:
            return price * 1.0
    """,
}


def codes(source: str, config: dict[str, Any]) -> dict[str, NodeToken]:
    import textwrap
    import types

    module = types.ModuleType("flow")
    exec(textwrap.dedent(source), module.__dict__)  # noqa: S102 - the test's own code
    graph = Builder().with_modules(module).with_config(config).build().graph
    code = LoadedCode()
    return {node.name: covered_token(node, code) for node in graph if node.kind == "function"}


@pytest.mark.parametrize("name", SOURCES)
def test_a_token_changes_with_each_value_that_a_decorator_or_the_code_binds(name: str) -> None:
    one, same, other = (
        {node: code.token for node, code in codes(SOURCES[name].replace("VALUE", text), {}).items()} for text in ("2", "2", "3")
    )
    assert one == same
    assert None not in one.values()
    assert one.keys() == other.keys()
    assert one != other


def test_a_token_changes_with_the_config_that_a_decorator_reads() -> None:
    source = """
    from headwater import configuration, inject

    @inject(rate=configuration("rate"))
    def scaled(price: int, rate: object) -> object:
        return price, rate
    """
    one, same, other = (codes(source, {"rate": rate})["scaled"].token for rate in (2, 2, 3))
    assert one == same != other


def test_the_parts_name_what_a_token_covers() -> None:
    parts = codes(SOURCES["parameterize"].replace("VALUE", "2"), {})["scaled"].parts(LoadedCode())
    assert {"function flow.total", "parameter rate", "operation"} <= parts.keys()


def test_a_bound_value_without_a_digest_is_the_problem() -> None:
    code = codes(SOURCES["parameterize"].replace("VALUE", "iter([1])"), {})["scaled"]
    assert code.token is None
    assert code.problem == "the value of its parameter rate cannot be hashed"
