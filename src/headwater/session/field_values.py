"""Converts the text that a user enters for inputs and overrides to values of the nodes' types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.graph.mapping import value_type
from headwater.introspection.names import by_normalized_name
from headwater.previews.texts import truncate
from headwater.session.problems import make_problem
from headwater.session.text_values import InvalidValue, TextValue
from headwater.wire.bounds import MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.graph import Graph
    from headwater.wire.views import FieldRole, ProblemView


@dataclass(frozen=True, slots=True)
class FieldValues:
    """The values, keyed by node name, and a problem for each text that cannot be converted."""

    inputs: Mapping[str, Any]
    overrides: Mapping[str, Any]
    invalid: frozenset[str]
    problems: tuple[ProblemView, ...]


def read_fields(graph: Graph, inputs: Mapping[str, Any], overrides: Mapping[str, Any], files: Mapping[str, str]) -> FieldValues:
    """Convert the entered text. `files` has the text of the data files, keyed by file name."""
    problems: list[ProblemView] = []
    invalid: set[str] = set()
    read: dict[FieldRole, dict[str, Any]] = {"inputs": {}, "overrides": {}}
    roles: list[tuple[FieldRole, Mapping[str, Any]]] = [("inputs", inputs), ("overrides", overrides)]
    for role, values in roles:
        for name, value in (
            by_normalized_name(values).items()
            if any(isinstance(value, TextValue) for value in values.values())
            else values.items()
        ):
            if not isinstance(value, TextValue):
                read[role][name] = value
                continue
            node = graph.nodes.get(name)
            try:
                read[role][name] = value.read(None if node is None else value_type(node), files)
            except InvalidValue as error:
                invalid.add(name)
                problems.append(_problem(role, name, error))
    return FieldValues(read["inputs"], read["overrides"], frozenset(invalid), tuple(problems))


def _problem(role: FieldRole, name: str, error: InvalidValue) -> ProblemView:
    target = "input" if role == "inputs" else "override of"
    message = truncate(f"Invalid value for the {target} `{name}`. {error}", MAX_MESSAGE_LENGTH)
    problem = make_problem("InvalidValue", message, node=truncate(name, MAX_NAME_LENGTH))
    if len(name) <= MAX_NAME_LENGTH:
        problem["fields"] = [{"role": role, "name": name}]
    return problem
