"""Any run (interpreted, compiled or with overrides) has the results of a naive recursive evaluation."""

import types
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder
from headwater.execution.runner import RUNS_BEFORE_COMPILING


@dataclass(frozen=True)
class RandomFunction:
    """A function: `number` plus the sum of its weighted arguments. A parameter may be optional or keyword-only."""

    name: str
    number: int
    needs: tuple[str, ...]
    defaults: Mapping[str, int]

    @property
    def source(self) -> str:
        required = [f"{name}: int" for name in self.needs if name not in self.defaults]
        optional = [f"{name}: int = {value}" for name, value in self.defaults.items()]
        terms = [f"{weight} * {name}" for weight, name in enumerate(self.needs, start=2)]
        parameters = ", ".join([*required, *(["*", *optional] if optional else [])])
        return f"def {self.name}({parameters}) -> int:\n    return {' + '.join([str(self.number), *terms])}\n"

    def naive(self, values: Mapping[str, int]) -> int:
        read = {name: values[name] if name in values else self.defaults[name] for name in self.needs}
        return self.number + sum(weight * read[name] for weight, name in enumerate(self.needs, start=2))


@st.composite
def dataflows(draw) -> list[RandomFunction]:
    """Generate up to 12 functions that read earlier functions and inputs."""
    functions: list[RandomFunction] = []
    for index in range(draw(st.integers(1, 12))):
        readable = [f"input_{number}" for number in range(3)] + [function.name for function in functions]
        needs = tuple(draw(st.lists(st.sampled_from(readable), unique=True, max_size=4)))
        defaults = {name: draw(st.integers(-5, 5)) for name in needs if draw(st.booleans())}
        functions.append(RandomFunction(f"f{index}", draw(st.integers(-9, 9)), needs, defaults))
    return draw(st.permutations(functions))


def naive_values(functions: list[RandomFunction], given_values: Mapping[str, int]) -> dict[str, int]:
    by_name = {function.name: function for function in functions}

    def evaluate(name: str) -> int:
        if name in given_values:
            return given_values[name]
        function = by_name[name]
        read = {need: evaluate(need) for need in function.needs if need in by_name or need in given_values}
        return function.naive(read)

    return {name: evaluate(name) for name in by_name}


def built(functions: list[RandomFunction]):
    namespace: dict[str, types.FunctionType] = {}
    for function in functions:
        exec(function.source, namespace)  # noqa: S102
    return Builder().with_functions(*(namespace[function.name] for function in functions)).build()


@given(functions=dataflows(), data=st.data())
def test_a_run_equals_a_naive_recursive_evaluation(functions, data):
    driver = built(functions)
    names = [function.name for function in functions]
    outputs = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
    inputs = {node.name: data.draw(st.integers(-9, 9)) for node in driver.graph.inputs}
    overridden = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    overrides = {name: data.draw(st.integers(-9, 9)) for name in overridden}
    expected = naive_values(functions, {**inputs, **overrides})
    for _ in range(RUNS_BEFORE_COMPILING + 1):
        result = driver.execute(outputs, inputs=inputs, overrides=overrides)
        assert result == {name: expected[name] for name in outputs}


@given(functions=dataflows())
def test_inputs_are_optional_exactly_if_every_executed_reader_has_a_default(functions):
    driver = built(functions)
    required = {name for function in functions for name in function.needs if name not in function.defaults}
    inputs = {node.name: 3 for node in driver.graph.inputs if node.name in required}
    names = [function.name for function in functions]
    assert driver.execute(names, inputs=inputs) == naive_values(functions, inputs)


@given(functions=dataflows(), data=st.data())
def test_lineage_is_the_closure_of_the_edges(functions, data):
    driver = built(functions)
    name = data.draw(st.sampled_from([function.name for function in functions]))
    upstream = {node.name for node in driver.what_is_upstream_of(name)}
    edges = {(read.source, node.name) for node in driver.graph for read in node.dependencies}
    assert name in upstream
    assert {source for source, target in edges if target in upstream} <= upstream
    for other in upstream:
        assert name in {node.name for node in driver.what_is_downstream_of(other)}
