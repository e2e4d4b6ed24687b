"""A session reports which config value selects a variant, and in which field to enter it."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from headwater.session import Session

VARIANTS = """
from headwater import config

@config.when(region="us")
def tax__us(price: float = 1.0) -> float:
    return price

@config.when_in(region=["eu", "uk"])
def tax__europe(price: float = 1.0) -> float:
    return price
"""
TOTAL = """
def total(tax: float) -> float:
    return tax
"""
APART = """
def apart() -> int:
    return 1
"""
ONE = """
from headwater import config

@config.when(debug=True)
def trace() -> int:
    return 1
"""


def run(session: Session, source: str, outputs: list[str] | None = None, **given: Any) -> Any:
    session.update({"flow.py": dedent(source).lstrip()}, **given)
    return session.run(outputs)


def problems(result: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (problem["kind"], problem["severity"], [(field["role"], field["name"]) for field in problem.get("fields", [])])
        for problem in result["problems"]
    ]


def test_a_node_that_needs_a_variant_waits_and_links_to_the_config_value(session: Session) -> None:
    result = run(session, VARIANTS + TOTAL)
    assert result["nodes"] == {"total": {"state": "waiting", "needs": ["tax"]}}
    (problem,) = result["problems"]
    assert problem["message"] == (
        "`total` needs `tax`, but the config selects none of its variants.\n"
        "  needed for   total -> tax\n"
        "  total        flow.py:11   total(tax: float)\n"
        "  tax__us      flow.py:4   excluded by @config.when\n"
        "  tax__europe  flow.py:8   excluded by @config.when_in\n"
        "  Config value `region` is not set. Set it to 'us', 'eu' or 'uk' under Inputs."
    )
    assert problem["fields"] == [{"role": "config", "name": "region"}]
    assert session.graph()["config"]["region"]["choices"] == ['"us"', '"eu"', '"uk"']


def test_missing_variants_that_no_node_needs_are_reported(session: Session) -> None:
    assert problems(run(session, VARIANTS + APART)) == [("MissingVariant", "warning", [("config", "region")])]


def test_missing_variants_are_an_error_in_an_empty_graph(session: Session) -> None:
    for source, key in ((VARIANTS, "region"), (ONE, "debug")):
        result = run(session, source)
        assert problems(result) == [("MissingVariant", "error", [("config", key)])]
        assert not result["ok"]
    assert result["problems"][0]["message"] == (
        "The config selects none of the variants of `trace`.\n"
        "  trace  flow.py:4   excluded by @config.when\n"
        "  Config value `debug` is not set. Set it to True under Inputs."
    )


@pytest.mark.parametrize(
    ("source", "given"),
    [
        (ONE + APART, {}),
        (VARIANTS + TOTAL, {"config": {"region": "uk"}}),
        (VARIANTS.replace("when_in(region=[", "when_not_in(region=["), {}),
        (VARIANTS.replace('when(region="us")', 'when_not(region="us")'), {}),
        (VARIANTS + "@config.otherwise\ndef tax__rest() -> float: return 0.0\n", {}),
    ],
)
def test_a_selected_variant_or_a_single_excluded_function_is_not_reported(
    session: Session, source: str, given: dict[str, Any]
) -> None:
    assert problems(run(session, source, **given)) == []


def test_a_requested_output_without_a_variant_links_to_the_config_value(session: Session) -> None:
    result = run(session, VARIANTS + APART, ["tax"])
    assert problems(result) == [("UnknownNode", "error", [("config", "region")])]
    assert result["problems"][0]["message"].splitlines()[-1] == (
        "  Config value `region` is not set. Set it to 'us', 'eu' or 'uk' under Inputs."
    )
