"""After any sequence of edits, an incremental run has the results of a fresh run, and unaffected nodes are reused."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, Driver
from headwater.previews import preview
from headwater.session import Session

# Each example runs a dataflow several times, in two sessions.
few = settings(max_examples=settings.default.max_examples * 2 // 5)

LIBRARIES = {short: library for short, library in {"np": "numpy", "pd": "pandas"}.items() if find_spec(library)}
"""Libraries that a node may import. Pyodide may lack them for a new version of Python."""

LIBRARY_FORMS = ("pd.Series([{}])", "pd.DataFrame({{'n': [{}]}})", "np.array([{}])") if len(LIBRARIES) == 2 else ()
FORMS = ("[{}]", "{{'n': [{}]}}", "Box({})", *LIBRARY_FORMS)
"""The containers in which a node may wrap its number. The first is the default."""

IMPORTS = "".join(f"import {library} as {short}\n" for short, library in LIBRARIES.items())
SHARED = f"""
import dataclasses
{IMPORTS}

@dataclasses.dataclass
class Box:
    number: int

def _number(value):
    match value:
        case dict(): return value["n"][0]
        case Box(): return value.number
        case list(): return value[0]
        case _: return int(value["n"][0] if hasattr(value, "columns") else value[0])
"""


@dataclass(frozen=True)
class Piece:
    """A constant, a helper or a node: a number, the pieces that it uses, and details that vary between edits."""

    number: int
    uses: tuple[str, ...] = ()
    comment: int = 0
    fails: bool = False
    form: int = 0


@dataclass(frozen=True)
class Flow:
    """A dataflow. Each piece uses only earlier pieces."""

    constants: dict[str, Piece] = field(default_factory=dict)
    helpers: dict[str, Piece] = field(default_factory=dict)
    nodes: dict[str, Piece] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, str]:
        """A module of constants and helpers, and a module of nodes that imports from it."""
        shared = [SHARED, *(f"{name} = {piece.number}  # {piece.comment}" for name, piece in self.constants.items())]
        for name, piece in self.helpers.items():
            uses = [f"{used}(x)" if used in self.helpers else used for used in piece.uses]
            shared.append(f"def {name}(x):\n    # {piece.comment}\n    return {' + '.join([f'{piece.number} * x', *uses])}")
        names = ("Box", *LIBRARIES, "_number", *self.constants, *self.helpers)
        flow = [f"from shared import {name}" for name in names]
        for name, piece in self.nodes.items():
            parameters = ", ".join(f"{used}: object" for used in piece.uses if used in self.nodes)
            terms = [self._term(used, position) for position, used in enumerate(piece.uses, start=2)]
            number = f"({' + '.join([str(piece.number), *terms])}) % {MODULUS}"
            body = "1 // 0" if piece.fails else FORMS[piece.form].format(number)
            flow.append(f'def {name}({parameters}) -> object:\n    """{piece.comment}"""\n    return {body}')
        return {"flow.py": "\n".join(flow), "shared.py": "\n".join(shared)}

    def _term(self, used: str, position: int) -> str:
        term = f"_number({used})" if used in self.nodes else f"{used}(3)" if used in self.helpers else used
        return f"{position} * {term}"

    def needed(self, overrides: Mapping[str, object]) -> list[str]:
        """The nodes in a run of all outputs, in order, except those that only overridden nodes need."""
        read = {used for piece in self.nodes.values() for used in piece.uses}
        waiting = [name for name in self.nodes if name not in read] + [*overrides]
        for name in waiting:
            if name not in overrides:
                waiting.extend(used for used in self.nodes[name].uses if used in self.nodes and used not in waiting)
        return [name for name in self.nodes if name in waiting]

    def code(self, name: str) -> Any:
        """The code of a node as data. Two versions must have equal fingerprints if and only if their data is equal."""
        piece = self.nodes.get(name) or self.helpers.get(name) or self.constants[name]
        uses = tuple(used if used in self.nodes else (used, self.code(used)) for used in piece.uses)
        return piece.number, uses, piece.fails, piece.form

    def number(self, name: str, numbers: dict[str, int], x: int = 3) -> int:
        """Evaluate a constant, a helper of x, or a node, with the numbers of the nodes before it."""
        if name in self.constants:
            return self.constants[name].number
        piece = self.helpers.get(name) or self.nodes[name]
        used = [numbers[name] if name in self.nodes else self.number(name, numbers, x) for name in piece.uses]
        if name in self.helpers:
            return piece.number * x + sum(used)
        return (piece.number + sum(factor * number for factor, number in enumerate(used, start=2))) % MODULUS


MODULUS = 4
"""Small, so that edits often result in the same number."""


class Expected:
    """A model of a session: it computes the expected states from `Flow`, without running the generated code."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[Any, tuple[int, ...], int]] = {}
        self.overriding: dict[str, tuple[tuple[int, int], int]] = {}
        self.values: dict[str, tuple[int, int]] = {}
        self.version = 0

    def run(self, flow: Flow, overrides: Mapping[str, list[int]] | None = None) -> dict[str, str]:
        """Return the state of each node after a run. An override is a number in a list."""
        self.stored = {name: value for name, value in self.stored.items() if name in flow.nodes}
        self.overriding = {name: value for name, value in self.overriding.items() if name in flow.nodes}
        numbers: dict[str, int] = {}
        states: dict[str, str] = {}
        versions: dict[str, int] = {}
        for name in flow.needed(overrides or {}):
            piece = flow.nodes[name]
            if overrides is not None and name in overrides:
                (numbers[name],) = overrides[name]
                versions[name] = self.override(name, (0, numbers[name]))
                states[name] = "overridden"
                continue
            sources = [used for used in piece.uses if used in flow.nodes]
            if any(states[source] in {"failed", "skipped"} for source in sources):
                states[name] = "skipped"
                continue
            read = tuple(versions[source] for source in sources)
            if not piece.fails:
                numbers[name] = flow.number(name, numbers)
            code = flow.code(name)
            if self.stored.get(name, (None, (), 0))[:2] == (code, read):
                states[name] = "reused"
            elif piece.fails:
                states[name] = "failed"
            else:
                value = piece.form, numbers[name]
                if name not in self.stored or self.values[name] != value:
                    self.version += 1
                    version = self.version
                else:
                    version = self.stored[name][2]
                self.stored[name] = code, read, version
                self.values[name] = value
                states[name] = "succeeded"
            if name in self.stored:
                versions[name] = self.stored[name][2]
        return states

    def override(self, name: str, value: tuple[int, int]) -> int:
        """Return the version of an override. If it equals the node's last value or override, it has the same version."""
        known = [self.overriding.get(name, (None, 0)), (self.values.get(name), self.stored.get(name, (0, 0, 0))[2])]
        version = next((version for same, version in known if same == value and version), None)
        if version is None:
            self.version += 1
            version = self.version
        self.overriding[name] = value, version
        return version


def uses_of(draw: st.DrawFn, *available: dict[str, Piece]) -> tuple[str, ...]:
    names = [name for pieces in available for name in pieces]
    return tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=3))) if names else ()


numbers = st.integers(0, 3)
forms = st.integers(0, len(FORMS) - 1)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    flow = Flow()
    for index in range(draw(st.integers(0, 2))):
        flow.constants[f"C{index}"] = Piece(draw(numbers))
    for index in range(draw(st.integers(0, 3))):
        flow.helpers[f"_h{index}"] = Piece(draw(numbers), uses_of(draw, flow.constants, flow.helpers))
    for index in range(draw(st.integers(1, 6))):
        uses = uses_of(draw, flow.constants, flow.helpers, flow.nodes)
        flow.nodes[f"n{index}"] = Piece(draw(numbers), uses, form=draw(forms))
    return flow


@st.composite
def edited(draw: st.DrawFn, flow: Flow) -> Flow:
    """Draw the dataflow after one edit."""
    kind = draw(st.sampled_from(["constants", "helpers", "nodes", "nodes"]))
    pieces: dict[str, Piece] = dict(getattr(flow, kind))
    if not pieces:
        return flow
    names = list(pieces)
    position = draw(st.integers(0, len(names) - 1))
    name = names[position]
    before = {earlier: pieces[earlier] for earlier in names[:position]}
    change = draw(st.sampled_from(["number", "comment", "uses", "fails", "form", "last"]))
    if change in {"number", "comment"}:
        pieces[name] = replace(pieces[name], **{change: draw(numbers)})
    elif change == "uses" and kind != "constants":
        others = (flow.constants, before) if kind == "helpers" else (flow.constants, flow.helpers, before)
        pieces[name] = replace(pieces[name], uses=uses_of(draw, *others))
    elif change == "fails" and kind == "nodes":
        pieces[name] = replace(pieces[name], fails=not pieces[name].fails)
    elif change == "form" and kind == "nodes":
        pieces[name] = replace(pieces[name], form=draw(forms))
    elif change == "last" and kind == "nodes":
        last = names[-1]
        if draw(st.booleans()) and len(names) > 1:
            del pieces[last]
        else:
            added = f"n{int(last[1:]) + 1}"
            pieces[added] = Piece(draw(numbers), uses_of(draw, flow.constants, flow.helpers, pieces))
    return replace(flow, **{kind: pieces})


@given(data=st.data())
@few
def test_an_incremental_run_equals_a_fresh_one_and_reuses_unaffected_nodes(data: st.DataObject) -> None:
    flow = data.draw(flows())
    expected = Expected()
    with Session() as session:
        for _ in range(data.draw(st.integers(1, 5))):
            session.update(flow.files)
            graph = session.graph()
            result = session.run()
            assert result["graph"] == graph
            states = {name: node["state"] for name, node in result["nodes"].items()}
            assert states == expected.run(flow)
            with Session() as fresh:
                fresh.update(flow.files)
                anew = fresh.run()
                assert result["outputs"] == anew["outputs"]
                assert result["problems"] == anew["problems"]
                assert result["graph"] == anew["graph"]
                for name in flow.nodes:
                    assert session.preview(name) == fresh.preview(name)
            for _ in range(data.draw(st.integers(1, 2))):
                flow = data.draw(edited(flow))


@given(data=st.data())
@few
def test_a_run_with_overrides_equals_that_of_a_driver_and_reuses_unaffected_nodes(data: st.DataObject) -> None:
    flow = data.draw(flows())
    expected = Expected()
    with Session() as session:
        for _ in range(data.draw(st.integers(2, 5))):
            names = data.draw(st.lists(st.sampled_from(list(flow.nodes)), unique=True, max_size=2))
            overrides = {name: [data.draw(numbers)] for name in names}
            session.update(flow.files, overrides=overrides)
            result = session.run()
            states = {name: node["state"] for name, node in result["nodes"].items()}
            assert states == expected.run(flow, overrides)
            driver, sinks = driver_of(flow.files), [node["name"] for node in result["graph"]["nodes"] if node["output"]]
            if result["ok"]:
                values = driver.execute(sinks, overrides=overrides)
                assert result["outputs"] == {name: preview(value) for name, value in values.items()}
            else:
                with pytest.raises(ZeroDivisionError):
                    driver.execute(sinks, overrides=overrides)
            if data.draw(st.booleans()):
                flow = data.draw(edited(flow))


def driver_of(files: Mapping[str, str]) -> Driver[dict[str, Any]]:
    """Build a driver from the modules."""
    modules = {file.removesuffix(".py"): ModuleType(file.removesuffix(".py")) for file in files}
    with patch.dict(sys.modules, modules):
        for name in sorted(modules, reverse=True):  # `shared` before `flow`, which imports from it
            exec(files[f"{name}.py"], vars(modules[name]))  # noqa: S102 - the test's own code
    return Builder().with_modules(modules["flow"], modules["shared"]).build()
