"""The check for a lesson: Python code that inspects the latest run of a session and reports mistakes."""

from __future__ import annotations

import ast
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headwater.errors.suggestions import did_you_mean
from headwater.previews.texts import MAX_MESSAGE_LENGTH, plain_text_of, truncate, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.graph import Graph
    from headwater.wire.views import CheckView, NodeState

FILE: Final = "check.py"


class CheckFailure(AssertionError):
    """A check needs a node or a value that does not exist."""


@dataclass(frozen=True, slots=True)
class LessonContext:
    """A dataflow and its latest run, in the form that checks use."""

    graph: Graph
    values: Mapping[str, Any]
    states: Mapping[str, NodeState]
    failures: Mapping[str, str]
    """The reason why a node has no value, by node name: an error message, or the missing inputs."""

    def value(self, name: str) -> Any:
        """Return the value of a node.

        Raises:
            CheckFailure: the node has no value. The message says why.
        """
        if name in self.values:
            return self.values[name]
        self._require_node(name)
        match self.states.get(name):
            case "failed":
                raise CheckFailure(f"`{name}` failed: {self.failures.get(name, 'see Problems')}")
            case "waiting" | "skipped" if name in self.failures:
                raise CheckFailure(f"`{name}` has no value: {self.failures[name]}.")
            case "skipped":
                raise CheckFailure(f"`{name}` has no value because a node upstream of it failed.")
            case _:
                raise CheckFailure(f"`{name}` has no value because it is neither an output nor upstream of one.")

    def depends(self, name: str, on: str) -> bool:
        """Return whether a node depends on another, directly or through other nodes.

        Raises:
            CheckFailure: the node does not exist.
        """
        self._require_node(name)
        return on != name and any(node.name == on for node in self.graph.upstream([name]))

    def with_state(self, *states: NodeState) -> frozenset[str]:
        """Return the names of the nodes that ended in one of these states."""
        return frozenset(name for name, state in self.states.items() if state in states)

    def _require_node(self, name: str) -> None:
        if name not in self.graph:
            suggestion = did_you_mean(name, self.graph.nodes)
            raise CheckFailure(f"There is no node `{name}` yet. Write a function with that name.{suggestion}")


def run_check(source: str, context: LessonContext) -> CheckView:
    """Run a check against a dataflow that has run."""
    names = {
        "__name__": "check",
        "value": context.value,
        "depends": context.depends,
        "nodes": frozenset(context.graph.nodes),
        "ran": context.with_state("succeeded", "failed"),
        "reused": context.with_state("reused"),
    }
    try:
        exec(compile(source, FILE, "exec"), names)  # noqa: S102 - the check runs in the same sandbox as the dataflow
    except KeyboardInterrupt:
        raise
    except AssertionError as error:
        return failed_check(plain_text_of(error) or f"Not yet: `{_condition(source, _line(error))}` is false.")
    except BaseException as error:  # noqa: BLE001 - a value may raise anything when it is used
        where = f" ({FILE}:{line})" if (line := _line(error)) else ""
        return failed_check(f"The check raised {type_name(error)}: {plain_text_of(error)}{where}.")
    return {"passed": True, "message": ""}


def failed_check(message: str) -> CheckView:
    """Return the result of a check that did not pass."""
    return {"passed": False, "message": truncate(message, MAX_MESSAGE_LENGTH)}


def _line(error: BaseException) -> int | None:
    """Return the line of the check that raised an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == FILE), None)


def _condition(source: str, line: int | None) -> str:
    """Return the source of the condition that is asserted at a line."""
    for statement in ast.walk(ast.parse(source)):
        if (
            isinstance(statement, ast.Assert)
            and line is not None
            and statement.lineno <= line <= (statement.end_lineno or line)
        ):
            return ast.unparse(statement.test)
    return "the assertion"
