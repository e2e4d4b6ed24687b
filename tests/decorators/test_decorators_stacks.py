"""Random stacks of decorators on a function: the graph computes the same values as an independent model."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headwater import (
    Builder,
    check_output,
    extract_fields,
    parameterize,
    pipe_input,
    pipe_output,
    source,
    step,
    subdag,
    tag,
    value,
)

Values = Mapping[str, int]
Rule = Callable[[Values], int]
"""Computes the expected value of a node from the values of the inputs."""

INPUTS = ("a", "b", "c")
small = st.integers(-5, 5)


def _moved(amount: int, factor: int, offset: int) -> int:
    return amount * factor + offset


def _single(a: int, b: int = 3) -> int:
    return 2 * a + 5 * b + 1


def _record(a: int, b: int = 3) -> dict[str, int]:
    return {"low": 2 * a + 5 * b + 1, "high": 100 * (2 * a + 5 * b + 1)}


@dataclass(frozen=True)
class Move:
    """One step of a pipe. Its factor is a value, and its offset is a value or an input."""

    factor: int
    offset: int | str

    @property
    def step(self) -> Any:
        return step(_moved, factor=self.factor, offset=source(self.offset) if isinstance(self.offset, str) else self.offset)

    def after(self, rule: Rule) -> Rule:
        return lambda values: (
            rule(values) * self.factor + (values[self.offset] if isinstance(self.offset, str) else self.offset)
        )


def through(moves: Iterable[Move], rule: Rule) -> Rule:
    for move in moves:
        rule = move.after(rule)
    return rule


moves = st.lists(st.builds(Move, st.integers(-3, 3), small | st.sampled_from(INPUTS)), min_size=1, max_size=3)


@dataclass(frozen=True)
class Stack:
    """Decorators in order, starting with the one nearest to the function."""

    fields: bool
    piped: tuple[Move, ...]
    variants: Mapping[str, int | str]
    """The binding of `b` for each variant."""
    around: tuple[str | tuple[Move, ...], ...]
    """The pipes, checks and tags that are applied to the function's result."""

    def decorated(self, function: Callable[..., Any]) -> Callable[..., Any]:
        decorators: list[Any] = []
        if self.fields:
            decorators.append(extract_fields({"low": int, "high": int}))
        for addition in self.around:
            if addition == "check":
                decorators.append(check_output(data_type=int, importance="fail"))
            elif addition == "tag":
                decorators.append(tag(kind="stacked"))
            else:
                decorators.append(pipe_output(*(move.step for move in addition)))
        if self.piped:
            decorators.insert(len(decorators) // 2, pipe_input(*(move.step for move in self.piped)))
        if self.variants:
            bindings = {
                name: {"b": source(bound) if isinstance(bound, str) else value(bound)} for name, bound in self.variants.items()
            }
            decorators.insert(0, parameterize(**bindings))
        for decorator in decorators:
            function = decorator(function)
        return function

    def rules(self, name: str) -> dict[str, Rule]:
        """Return the rules for the leaf nodes and for the nodes in pipes, keyed by node name."""

        first = through(self.piped, lambda values: values["a"])

        def combined(bound: int | str | None) -> Rule:
            def rule(values: Values) -> int:
                b = values.get("b", 3) if bound is None else values[bound] if isinstance(bound, str) else bound
                return 2 * first(values) + 5 * b + 1

            return rule

        ends = {variant: combined(bound) for variant, bound in self.variants.items()} or {name: combined(None)}
        if self.fields:
            (rule,) = ends.values()
            ends = {"low": rule, "high": through([Move(100, 0)], rule)}
        found: dict[str, Rule] = {}
        for addition in self.around:
            if not isinstance(addition, tuple):
                continue
            for end, rule in ends.items():
                found.setdefault(f"{end}.raw", rule)
                ends = {**ends, end: through(addition, rule)}
        return {**found, **ends}


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    fields = draw(st.booleans())
    return Stack(
        fields=fields,
        piped=tuple(draw(st.just([]) | moves)),
        variants=draw(
            st.dictionaries(st.sampled_from(["x", "y", "z"]), small | st.just("c"), max_size=1 if fields else 3),
        ),
        around=tuple(draw(st.lists(st.sampled_from(["check", "tag"]) | moves.map(tuple), max_size=3))),
    )


def copy_of(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    copy = types.FunctionType(function.__code__, function.__globals__, name, function.__defaults__)
    copy.__annotations__ = {"a": int, "b": int, "return": int if function is _single else dict[str, int]}
    return copy


@given(stack=stacks(), values=st.fixed_dictionaries(dict.fromkeys(INPUTS, small)))
def test_a_stack_of_decorators_computes_the_values_of_its_rules(stack, values):
    function = stack.decorated(copy_of(_record if stack.fields else _single, "node"))
    driver = Builder().with_functions(function).build()
    read = {name: number for name, number in values.items() if name in driver.graph}
    rules = stack.rules("node")
    assert driver.execute(list(rules), inputs=read) == {name: rule(read) for name, rule in rules.items()}


@given(stack=stacks(), values=st.fixed_dictionaries(dict.fromkeys(INPUTS, small)))
def test_a_subdag_of_a_stack_computes_the_same_values(stack, values):
    inner = stack.decorated(copy_of(_record if stack.fields else _single, "node"))
    ends = [name for name in stack.rules("node") if not name.endswith(".raw")]

    code = f"def outer({', '.join(f'{name}: int' for name in ends)}) -> int:\n    return {' + '.join(ends)}\n"
    namespace: dict[str, Any] = {}
    exec(code, namespace)  # noqa: S102
    driver = Builder().with_functions(subdag(inner)(namespace["outer"])).build()
    read = {name: number for name, number in values.items() if name in driver.graph}
    rules = stack.rules("node")
    assert driver.execute(["outer"], inputs=read) == {"outer": sum(rules[name](read) for name in ends)}
    assert {f"outer.{name}" for name in rules} <= set(driver.graph.nodes)


@given(stack=stacks())
def test_every_node_of_a_stack_has_its_line_and_function(stack):
    function = stack.decorated(copy_of(_record if stack.fields else _single, "node"))
    lines = {function.__code__.co_firstlineno for function in (_moved, _single, _record)}
    for node in Builder().with_functions(function).build().graph:
        assert node.location.file == __file__
        assert node.location.line in lines
        assert node.kind == "input" or node.function is not None
