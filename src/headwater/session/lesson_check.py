"""The check of a lesson: Python that looks at what a session has made, and says in words what is not right yet."""

from __future__ import annotations

import ast
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from headwater.errors.suggestions import did_you_mean
from headwater.previews.texts import LONGEST_MESSAGE, plain_text_of, truncate, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.graph.graph import Graph
    from headwater.wire.views import CheckView, NodeState

FILE: Final = "check.py"


class CheckFailure(AssertionError):
    """What a check asks for is not there."""


@dataclass(frozen=True, slots=True)
class LessonContext:
    """A dataflow that has run, as a check looks at it."""

    graph: Graph
    values: Mapping[str, Any]
    states: Mapping[str, NodeState]
    failures: Mapping[str, str]
    """What went wrong in a node; of one that waits for inputs, or for a node that does, which these are."""

    def value(self, name: str) -> Any:
        """What a node came to.

        Raises:
            CheckFailure: saying why it has no value.
        """
        if name in self.values:
            return self.values[name]
        self._is_node(name)
        match self.states.get(name):
            case "failed":
                raise CheckFailure(f"`{name}` fails: {self.failures.get(name, 'see Problems')}")
            case "waiting" | "skipped" if name in self.failures:
                raise CheckFailure(f"`{name}` has no value: {self.failures[name]}.")
            case "skipped":
                raise CheckFailure(f"`{name}` has no value, since something that it needs fails.")
            case _:
                raise CheckFailure(f"`{name}` has no value: it is not among the outputs, and none of them needs it.")

    def depends(self, name: str, on: str) -> bool:
        """True if a node needs another, directly or through others.

        Raises:
            CheckFailure: if there is no such node.
        """
        self._is_node(name)
        return on != name and any(node.name == on for node in self.graph.upstream([name]))

    def in_state(self, *states: NodeState) -> frozenset[str]:
        """The names of the nodes that ended in one of some states."""
        return frozenset(name for name, state in self.states.items() if state in states)

    def _is_node(self, name: str) -> None:
        if name not in self.graph:
            suggestion = did_you_mean(name, self.graph.nodes)
            raise CheckFailure(f"There is no `{name}` yet: write a function of that name.{suggestion}")


def run_check(source: str, context: LessonContext) -> CheckView:
    """Have a check look at a dataflow that has run."""
    names = {
        "__name__": "check",
        "value": context.value,
        "depends": context.depends,
        "nodes": frozenset(context.graph.nodes),
        "ran": context.in_state("succeeded", "failed"),
        "reused": context.in_state("reused"),
    }
    try:
        exec(compile(source, FILE, "exec"), names)  # noqa: S102 - a check is a program, run where the dataflow itself is
    except KeyboardInterrupt:
        raise
    except AssertionError as error:
        return failed_check(plain_text_of(error) or f"Not yet: `{_condition(source, _line(error))}` does not hold.")
    except BaseException as error:  # noqa: BLE001 - whatever a value does when it is looked at
        where = f" ({FILE}:{line})" if (line := _line(error)) else ""
        return failed_check(f"The check could not look at this: {type_name(error)}: {plain_text_of(error)}{where}.")
    return {"passed": True, "message": ""}


def failed_check(message: str) -> CheckView:
    """The answer of a check that is not content."""
    return {"passed": False, "message": truncate(message, LONGEST_MESSAGE)}


def _line(error: BaseException) -> int | None:
    """The line of the check that was at work."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == FILE), None)


def _condition(source: str, line: int | None) -> str:
    """The condition of the assertion at a line, as it is written."""
    for statement in ast.walk(ast.parse(source)):
        if (
            isinstance(statement, ast.Assert)
            and line is not None
            and statement.lineno <= line <= (statement.end_lineno or line)
        ):
            return ast.unparse(statement.test)
    return "what it asserts"
