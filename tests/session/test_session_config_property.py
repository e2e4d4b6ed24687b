"""After any change to the config or to bindings, a session has the results of a new session and reuses unaffected nodes."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.session import Session

FLOW = '''
import pandas as pd
from headwater import (
    apply_to, check_output, config, configuration, extract_fields, group, inject, load_from, mutate, parameterize,
    parameterized_subdag, pipe_input, pipe_output, resolve, save_to, source, step, subdag, value, with_columns,
)
from headwater.decorators.protocol import Phase, attach


def parameter(a: object) -> str:
    return repr(a)


def replaced() -> object:
    return "by its function"


def reads_replaced(replaced: object) -> str:
    return repr(replaced)


@inject(x=value(WRITTEN), y=source("SOURCE"), z=configuration("b"))
def injected(x: object, y: object, z: object) -> str:
    return repr((x, y, z))


@inject(parts=group(value(WRITTEN), source("SOURCE"), configuration("c")))
def listed(parts: list) -> str:
    return repr(parts)


@inject(parts=group(one=configuration("c"), other=configuration("d")))
def named(parts: dict) -> str:
    return repr(parts)


@parameterize(
    first={"x": configuration("a")},
    second={"x": configuration("b")},
    third={"x": value(WRITTEN)},
    fourth={"x": source("SOURCE")},
)
def parameterized(x: object) -> str:
    return repr(x)


@resolve(decorate_with=lambda e=0: inject(x=value(e)))
def resolved(x: object) -> str:
    return repr(x)


@resolve(decorate_with=lambda e=0: inject(x=configuration("f")))
def resolved_to_config(x: object) -> str:
    return repr(x)


@resolve(decorate_with=lambda e=0: extract_fields({"field": object}, fill_with=e))
def fields() -> dict:
    return {}


@resolve(decorate_with=lambda e=0: check_output(values_in=["the value", repr(e)]))
def checked() -> str:
    return "the value"


@resolve(decorate_with=lambda e=0: subdag(inner, config={"k": configuration("f")}, inputs={"x": e}))
def resolved_subdag(inner: str) -> str:
    return inner


def _scaled(v: str, by: object) -> str:
    return f"{v} by {by!r}"


@pipe_output(step(_scaled, by=configuration("g")), step(_scaled, by=WRITTEN).when_not(h=1), step(_scaled, by=source("SOURCE")))
def piped() -> str:
    return "piped"


@pipe_input(step(_scaled, by=configuration("g")), on_input="v")
def piped_in(v: str) -> str:
    return v


def mutated() -> str:
    return "mutated"


@mutate(apply_to(mutated, by=configuration("g")))
def _mutation(v: str, by: object) -> str:
    return f"{v} by {by!r}"


@resolve(decorate_with=lambda k=None: inject(unused=value(k)))
def inner(x: object, k: object, unused: object) -> str:
    return repr((x, k, unused))


@subdag(inner, config={"k": configuration("a")}, inputs={"x": configuration("b")})
def sub(inner: str) -> str:
    return inner


@subdag(inner, config={"k": WRITTEN}, inputs={"x": source("SOURCE")})
def sub_of_sources(inner: str) -> str:
    return inner


@parameterized_subdag(
    inner, inputs={"x": 0}, sub_c={"config": {"k": configuration("c")}}, sub_d={"config": {"k": configuration("d")}}
)
def subs(inner: str) -> str:
    return inner


@subdag(sub, config={"a": configuration("h"), "b": 0})
def nested(sub: str) -> str:
    return sub


def column(amount: pd.Series, a: object) -> pd.Series:
    return amount.map(lambda base: repr((base, a)))


@config.when(h=1)
def chosen__one(amount: pd.Series) -> pd.Series:
    return amount + 1


@config.when_not(h=1)
def chosen__other(amount: pd.Series) -> pd.Series:
    return amount + 2


@with_columns(column, chosen__one, chosen__other, columns_to_pass=["amount"])
def table(frame: pd.DataFrame) -> str:
    return frame.to_csv()


def frame() -> pd.DataFrame:
    return pd.DataFrame({"amount": [1, 2]})


def amount() -> pd.Series:
    return pd.Series([0])


@config.where(lambda i=0: i == [1])
def where__one() -> str:
    return "one"


@config.otherwise
def where__other() -> str:
    return "other"


@load_from.literal(value=configuration("i"))
def loaded(v: object) -> str:
    return repr(v)


STORE = {}


@save_to.memory(store=STORE, key=configuration("j"), output_name_="saved")
def to_save() -> str:
    return "saved"


class _Tracing:
    """A custom decorator that reads the whole config."""

    name = "traced"
    keys = frozenset()

    def resolve(self, scope, function):
        return [_Traced(repr(sorted(scope.config.items())))]


class _Traced:
    name = "traced"
    phase = Phase.TRANSFORM

    def __init__(self, text):
        self.text = text

    def apply(self, nodes):
        return [node.replaced(call=lambda: self.text) for node in nodes]


def _traced(function):
    return attach(_Tracing(), function)


@_traced
def traced() -> str:
    return ""
'''

DIRECT: dict[str, str] = {
    "reads_replaced": "",
    "injected": "b",
    "listed": "c",
    "named": "cd",
    "first": "a",
    "second": "b",
    "third": "",
    "fourth": "",
    "resolved": "e",
    "resolved_to_config": "ef",
    "fields": "e",
    "field": "e",
    "checked": "e",
    "checked_raw": "e",
    "checked_values_in_validator": "e",
    "resolved_subdag": "e",
    "resolved_subdag.inner": "ef",
    "resolved_subdag.k": "ef",
    "resolved_subdag.x": "e",
    "piped": "h",  # `h` determines whether a step is included
    "piped.raw": "",
    "piped.with_scaled": "g",
    "piped.with_scaled_1": "h",
    "piped.with_scaled_2": "h",
    "piped_in": "",
    "piped_in.with_scaled": "g",
    "mutated": "",
    "mutated.raw": "",
    "mutated.with_mutation": "g",
    "inner": "",
    "sub": "",
    "sub.inner": "a",  # the decorator of `inner` reads `k` from the subdag's config
    "sub.k": "a",
    "sub.x": "b",
    "sub_of_sources": "",
    "sub_of_sources.inner": "",
    "sub_of_sources.k": "",
    "sub_of_sources.x": "",
    "sub_c": "",
    "sub_c.inner": "c",
    "sub_c.k": "c",
    "sub_c.x": "",
    "sub_d": "",
    "sub_d.inner": "d",
    "sub_d.k": "d",
    "sub_d.x": "",
    "nested": "",
    "nested.sub": "",
    "nested.sub.inner": "h",
    "nested.sub.k": "h",
    "nested.sub.x": "",
    "nested.a": "h",
    "nested.b": "",
    "table": "",
    "table.amount": "",
    "table.frame": "",
    "table.column": "",
    "table.chosen": "h",
    "frame": "",
    "amount": "",
    "column": "",
    "chosen": "h",
    "where": "i",
    "loaded": "",
    "loaded.v": "",
    "loaded.v.loader": "i",
    "to_save": "",
    "saved": "j",
    "parameter": "",
    "traced": "abcdefghij",
}
"""For each node, the config keys that change what the node itself does, not only the values of its dependencies."""

values = st.sampled_from([0, 1, True, 1.0, 0.0, -0.0, "a", [1], [1.0], {"n": [1]}, (1,), float("nan")])
configs = st.fixed_dictionaries(
    dict.fromkeys("abcdfghi", values) | {"j": st.sampled_from(["one", "two"])},
    optional={"e": values, "replaced": values, "unread": values},
)
texts = st.tuples(st.sampled_from(["1", "2", "(1,)", "True"]), st.sampled_from(["p", "q"]))


def run(session: Session, config: dict[str, Any], text: tuple[str, str], inputs: dict[str, Any]) -> Any:
    written, source = text
    flow = FLOW.replace("WRITTEN", written).replace("SOURCE", source)
    all_inputs = {"x": 0, "k": 0, "v": "v", **inputs}
    session.update({"flow.py": flow}, config=copy.deepcopy(config), inputs=all_inputs)
    result = session.run()
    assert result["ok"], result["problems"]
    return result


def shown(session: Session, result: Any) -> dict[str, Any]:
    """Return the problems of a run and the previews of its values."""
    problems = [problem for problem in result["problems"] if "has no effect" not in problem["message"]]
    return {"problems": problems, "values": {name: session.preview(name) for name in result["nodes"]}}


def upstream(result: Any, name: str) -> set[str]:
    found, waiting = set[str](), [name]
    while waiting:
        if (node := waiting.pop()) not in found:
            found.add(node)
            waiting += [edge["source"] for edge in result["graph"]["edges"] if edge["target"] == node]
    return found


def changed_keys(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {key for key in before.keys() | after.keys() if repr(before.get(key, ...)) != repr(after.get(key, ...))}


@pytest.mark.portable
@given(data=st.data())
@settings(max_examples=max(4, settings.default.max_examples // 8))  # each example runs a large dataflow several times
def test_after_config_changes_a_session_equals_a_new_one(data: st.DataObject) -> None:
    with Session() as session:
        for _ in range(data.draw(st.integers(2, 4))):
            config, text = data.draw(configs), data.draw(texts)
            inputs = {"p": data.draw(values), "q": data.draw(values)}
            result = run(session, config, text, inputs)
            with Session() as fresh:
                assert shown(session, result) == shown(fresh, run(fresh, config, text, inputs))


@pytest.mark.portable
@given(data=st.data())
@settings(max_examples=max(4, settings.default.max_examples // 5))
def test_after_a_config_change_independent_nodes_are_reused(data: st.DataObject) -> None:
    text, inputs = data.draw(texts), {"p": 1, "q": 2}
    before = data.draw(configs)
    key = data.draw(st.sampled_from("abcdefghi"))
    after = {**before, key: data.draw(values)}
    with Session() as session:
        run(session, before, text, inputs)
        result = run(session, after, text, inputs)
        changed = changed_keys(before, after)
        names = {node["name"] for node in result["graph"]["nodes"]}
        assert {name for name in names if name in result["nodes"]} <= DIRECT.keys() | {"replaced"}
        for name, node in result["nodes"].items():
            own = [changed & set(DIRECT.get(node, node)) for node in upstream(result, name)]
            if not any(own):
                assert node["state"] == "reused", (name, changed, node)
        again = run(session, after, text, inputs)
        assert {name for name, node in again["nodes"].items() if node["state"] != "reused"} == set()


KINDS = {
    "a parameter": ("def total(k: object) -> str: return repr(k)", {}),
    "inject": ("@inject(x=configuration('k'))\ndef total(x: object) -> str: return repr(x)", {}),
    "a group": ("@inject(x=group(configuration('k')))\ndef total(x: list) -> str: return repr(x)", {}),
    "a value that is computed from the config": (
        "@resolve(decorate_with=lambda k: inject(x=value(k)))\ndef total(x: object) -> str: return repr(x)",
        {},
    ),
    "the argument of a check": (
        "@resolve(decorate_with=lambda k: check_output(values_in=[k]))\ndef total() -> int: return 7",
        {},
    ),
}


@pytest.mark.parametrize(("source", "inputs"), KINDS.values(), ids=KINDS.keys())
@pytest.mark.parametrize(
    ("before", "after"),
    [(1, True), (True, 1), (1, 1.0), (0.0, -0.0), ([1], [True]), ((1,), [1]), ("1", 1), ({"n": 1}, {"n": 1.0})],
    ids=repr,
)
def test_equal_config_values_of_different_types_are_distinguished(
    source: str, inputs: dict[str, Any], before: object, after: object
) -> None:
    flow = f"from headwater import check_output, configuration, group, inject, resolve, value\n{source}\n"
    with Session() as session, Session() as fresh:
        for edited, config in ((session, before), (session, after), (fresh, after)):
            edited.update({"flow.py": flow}, config={"k": config}, inputs=inputs)
            edited.run()
        assert {name: session.preview(name) for name in ("k", "total")} == {
            name: fresh.preview(name) for name in ("k", "total")
        }


def test_a_config_value_that_was_changed_in_place_counts_as_changed() -> None:
    decorated = "@resolve(decorate_with=lambda k: inject(x=value(tuple(k))))\ndef total(x: tuple) -> int: return sum(x)\n"
    flow = f"from headwater import inject, resolve, value\n{decorated}"
    altered = [1]
    with Session() as session:
        session.update({"flow.py": flow}, config={"k": altered})
        assert session.run()["outputs"]["total"]["text"] == "1"
        altered.append(2)
        session.update({"flow.py": flow}, config={"k": altered})
        assert session.run()["outputs"]["total"]["text"] == "3"


@pytest.mark.parametrize("make", ["np.array([1, 2])", "pd.DataFrame({'a': [1, 2]})", "pd.Series([1, 2])"])
def test_arrays_and_frames_in_the_config_are_compared_as_a_whole(make: str) -> None:
    import numpy as np
    import pandas as pd

    decorated = "@inject(x=configuration('k'))\ndef total(x: object) -> str: return repr(x)\n"
    flow = f"from headwater import configuration, inject\n{decorated}"
    with Session() as session:
        for number, state in (("2", "succeeded"), ("2", "reused"), ("3", "succeeded")):
            weights = eval(make.replace("2", number), {"np": np, "pd": pd})  # noqa: S307 - the test's own code
            session.update({"flow.py": flow}, config={"k": weights})
            result = session.run()
            assert {name: node["state"] for name, node in result["nodes"].items()} == {"total": state}
            assert number in result["outputs"]["total"]["text"]
