"""Names are found in any spelling that Python normalizes to the same name."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pandas as pd
import pytest

from headwater import (
    Builder,
    Driver,
    config,
    configuration,
    extract_columns,
    extract_fields,
    group,
    inject,
    load_from,
    parameterize,
    parameterize_sources,
    parameterize_values,
    pipe_input,
    pipe_output,
    source,
    step,
    subdag,
    tag,
    tag_outputs,
    value,
    with_columns,
)
from headwater.introspection.names import normalized
from headwater.quality import checks
from headwater.session import Session

MICRO, MU = "\u00b5", "\u03bc"  # the micro sign, and the Greek letter to which Python normalizes it
COMPOSED, DECOMPOSED = "\u00e9t\u00e9", "e\u0301te\u0301"
SPELLINGS = [(MICRO, MU), (MU, MICRO), (COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), ("\ufb01t", "fit"), ("fit", "\ufb01t")]


def functions_of(text: str, **scope_values: Any) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": "made", **scope_values}
    exec(text, scope)  # noqa: S102 - the test's own code
    return scope


def driver_of(written: str) -> Driver[dict[str, Any]]:
    """Return a driver for two functions: `total` reads `{written}`, which reads the `{written}_in` input."""
    scope = functions_of(
        f"def {written}({written}_in: int) -> int: return {written}_in + 1\n"
        f"def total({written}: int) -> int: return {written} * 10\n"
    )
    return Builder().with_functions(scope[normalize("NFKC", written)], scope["total"]).build()


@pytest.mark.parametrize(("written", "requested"), SPELLINGS)
def test_a_request_finds_names_in_any_spelling(written: str, requested: str) -> None:
    driver = driver_of(written)
    for _ in range(10):  # the first request, and cached requests
        assert driver.execute([requested, "total"], inputs={f"{requested}_in": 1}) == {requested: 2, "total": 20}
        assert driver.execute(["total"], overrides={requested: 5}) == {"total": 50}
    assert driver.run(driver.graph["total"].function or print, **{requested: 5}) == 50
    assert driver.graph[requested].name == normalize("NFKC", written)
    assert requested in driver.graph
    assert [node.name for node in driver.what_is_downstream_of(requested)] == [normalized(requested), "total"]
    assert [node.name for node in driver.what_is_upstream_of(requested)] == [
        normalized(f"{requested}_in"),
        normalized(requested),
    ]
    assert [node.name for node in driver.what_is_the_path_between(f"{requested}_in", requested)] == [
        normalized(f"{requested}_in"), normalized(requested),
    ]  # fmt: skip
    assert (
        driver.visualize_execution([requested], inputs={f"{requested}_in": 1}).text
        == driver.visualize_execution([normalized(requested)], inputs={f"{written}_in": 1}).text
    )


@pytest.mark.parametrize(("written", "requested"), SPELLINGS)
def test_the_config_finds_names_in_any_spelling(written: str, requested: str) -> None:
    scope = functions_of(f"def total({written}: int) -> int: return {written}\n")
    decorated = config.when(**{requested: 3})(
        inject(x=configuration(requested))(functions_of("def other(x: int) -> int: return x\n")["other"])
    )
    driver = Builder().with_functions(scope["total"], decorated).with_config({requested: 3}).build()
    assert driver.execute(["total", "other", written]) == {"total": 3, "other": 3, written: 3}


def function() -> Any:
    return functions_of(f"def total({MICRO}: int, y: int = 0) -> int: return {MICRO} + y\n")["total"]


def record() -> Any:
    return functions_of("def total() -> dict: return {'\u00b5': 3, 'y': 4}\n")["total"]


def outer() -> Any:
    return functions_of("def outer(total: int) -> int: return total")["outer"]


def first() -> Any:
    return functions_of("def total(x: list) -> int: return x[0]")["total"]


DECORATED: dict[str, tuple[Any, str, dict[str, Any], Any]] = {
    "inject a value": (lambda: inject(**{MICRO: value(3)})(function()), "total", {}, 3),
    "inject a source": (lambda: inject(y=source(MICRO))(function()), "total", {MU: 2}, 4),
    "inject into a part": (lambda: inject(**{MICRO: source(DECOMPOSED)})(function()), "total", {COMPOSED: 2}, 2),
    "parameterize": (lambda: parameterize(**{DECOMPOSED: {MICRO: value(3)}})(function()), COMPOSED, {}, 3),
    "parameterize_values": (lambda: parameterize_values(MICRO, {DECOMPOSED: 3})(function()), COMPOSED, {}, 3),
    "parameterize_sources": (lambda: parameterize_sources(**{DECOMPOSED: {MICRO: "x"}})(function()), COMPOSED, {"x": 3}, 3),
    "load_from": (lambda: load_from.literal(value=3, inject_=MICRO)(function()), "total", {}, 3),
    "extract_fields": (lambda: extract_fields({MICRO: int})(record()), MU, {}, 3),
    "tags of parts": (lambda: tag(target_=MU, kind="k")(extract_fields({MICRO: int})(record())), MU, {}, 3),
    "tag_outputs": (lambda: tag_outputs(**{MU: {"kind": "k"}})(extract_fields({MICRO: int})(record())), MU, {}, 3),
    "a step's input": (lambda: pipe_input(step(doubled), on_input=MICRO)(function()), "total", {MU: 3}, 6),
    "a step's own input": (lambda: pipe_input(step(doubled).on_input(MICRO))(function()), "total", {MU: 3}, 6),
    "a step's source": (lambda: pipe_output(step(added, by=source(MICRO)))(function()), "total", {MU: 3}, 6),
    "a step's name": (lambda: pipe_output(step(doubled).named(DECOMPOSED))(function()), f"total.{COMPOSED}", {MU: 3}, 6),
    "a subdag's input": (lambda: subdag(function(), inputs={MICRO: 3})(outer()), "outer", {}, 3),
    "a subdag's config": (lambda: subdag(function(), config={MICRO: 3})(outer()), "outer", {}, 3),
    "a group": (lambda: inject(x=group(source(MICRO)))(first()), "total", {MU: 3}, 3),
}  # fmt: skip


def doubled(v: int) -> int:
    return v * 2


def added(v: int, by: int) -> int:
    return v + by


@pytest.mark.parametrize(("decorated", "output", "inputs", "expected"), DECORATED.values(), ids=DECORATED.keys())
def test_decorators_find_names_in_any_spelling(decorated: Any, output: str, inputs: dict[str, Any], expected: Any) -> None:
    assert Builder().with_functions(decorated()).build().execute([output], inputs=inputs) == {output: expected}


def test_a_rule_of_checks_finds_names_in_any_spelling() -> None:
    rule = checks(range=(0, 1)).where(name=f"{DECOMPOSED}*")
    scope = functions_of(f"def {COMPOSED}_rate() -> float: return 0.5\n")
    driver = Builder().with_functions(scope[f"{COMPOSED}_rate"]).with_checks(rule).build()
    assert f"{COMPOSED}_rate_raw" in driver.graph


def test_names_of_columns_and_fields_are_data_and_stay_as_they_are() -> None:
    def frame() -> pd.DataFrame:
        return pd.DataFrame({MICRO: [1], MU: [2]})

    driver = Builder().with_functions(extract_columns(MICRO)(frame)).build()
    assert list(driver.graph.nodes) == ["frame", MU]
    assert driver.execute([MU])[MU].tolist() == [1], "the column whose name is spelled as written"
    scope = functions_of(f"import pandas as pd\ndef new({MICRO}: pd.Series) -> pd.Series: return {MICRO} * 10\n")

    def table(frame: pd.DataFrame) -> pd.DataFrame:
        return frame

    decorated = with_columns(scope["new"], columns_to_pass=[MICRO])(table)
    assert Builder().with_functions(decorated, frame).build().execute(["table"])["table"]["new"].tolist() == [10]


def test_a_name_that_is_not_an_identifier_stays_as_it_is() -> None:
    def record() -> dict[str, int]:
        return {"m²": 1, "m2": 2, "½ price": 3}

    driver = Builder().with_functions(extract_fields("m²", "m2", "½ price")(record)).build()
    assert driver.execute(["m²", "m2", "½ price"]) == {"m²": 1, "m2": 2, "½ price": 3}


@pytest.mark.parametrize(("written", "requested"), SPELLINGS)
def test_a_session_finds_names_in_any_spelling(written: str, requested: str) -> None:
    flow = (
        f"def {written}({written}_in: int, k{written}: int) -> int: return {written}_in + k{written}\n"
        f"def total({written}: int) -> int: return {written}\n"
    )
    name = normalized(written)
    with Session() as session:
        session.update({"flow.py": flow}, inputs={f"{requested}_in": 1}, config={f"k{requested}": 2})
        result = session.run([requested])
        assert result["problems"] == []
        assert {label: shown["text"] for label, shown in result["outputs"].items()} == {requested: "3"}
        assert session.preview(requested) == session.preview(name)
        assert [node["type"] for node in session.graph()["nodes"] if node["kind"] != "function"] == ["int = 1", "int = 2"]
        session.update({"flow.py": flow}, overrides={requested: 7}, inputs={f"{requested}_in": 1}, config={f"k{requested}": 2})
        result = session.run()
        assert (result["problems"], result["outputs"]["total"]["text"]) == ([], "7")
        assert result["nodes"][name]["state"] == "overridden"
