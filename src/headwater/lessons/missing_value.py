"""Explains why a node has no value, or why its value is `None`, and names the mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from headwater.errors.suggestions import did_you_mean
from headwater.types.strict_checks import is_strict_instance
from headwater.types.type_names import format_type

if TYPE_CHECKING:
    from headwater.session.latest_run import LatestRun

_NONE: Final = "'NoneType'"
"""The text that Python's messages contain if code uses `None` like a value of another type."""


def reason_without_value(run: LatestRun, name: str) -> str:
    """Return a sentence that says why a node has no value.

    An exception's message often does not reveal the cause, such as an upstream function without `return`. In these cases, the
    sentence names the cause.
    """
    match run.states.get(name):
        case "failed":
            return f"`{name}` failed: {run.failures.get(name, 'see Problems')}{_cause(run, name)}"
        case "waiting" | "skipped" if name in run.failures:
            return f"`{name}` has no value: {run.failures[name]}.{_similar_name(run, name)}"
        case "skipped":
            return _reason_upstream(run, name)
        case _ if run.graph[name].kind != "function":
            return f"`{name}` has no value: no function computes it, and no input provides it."
        case _:
            return f"`{name}` has no value because it is neither an output nor upstream of one."


def missing_return(run: LatestRun) -> str:
    """Return a sentence about the first node whose value is `None` but should not be. Empty if there is no such node."""
    return next((_none_text(run, name) for name in run.graph.nodes if _is_wrongly_none(run, name)), "")


def _is_wrongly_none(run: LatestRun, name: str) -> bool:
    """Return whether the value of a node is `None`, although its annotation does not allow `None`."""
    node = run.graph[name]
    is_none = node.kind == "function" and name in run.values and run.values[name] is None
    return is_none and not is_strict_instance(None, node.type)


def _none_text(run: LatestRun, name: str) -> str:
    annotation = format_type(run.graph[name].type)
    return f"`{name}` is None, but its annotation is {annotation}. Its function may be missing a `return`."


def _similar_name(run: LatestRun, name: str) -> str:
    """Return ` Did you mean ...?` with a node whose name is similar to that of the missing input, if only one is missing.

    The node itself and its downstream nodes are left out: they cannot be upstream of the node.
    """
    missing = [node.name for node in run.graph.upstream([name]) if node.kind == "input" and node.name not in run.values]
    if len(missing) != 1:
        return ""
    downstream = {node.name for node in run.graph.downstream([name])}
    return did_you_mean(missing[0], run.graph.nodes.keys() - downstream - {name})


def _reason_upstream(run: LatestRun, name: str) -> str:
    upstream = [node.name for node in run.graph.upstream([name])]
    for other in upstream:
        if run.states.get(other) == "failed" and other in run.failures:
            return f"`{name}` has no value, because `{other}` failed: {run.failures[other]}{_cause(run, other)}"
    for problem in run.problems:  # an input of the wrong type has a problem, but its state is not "failed"
        if problem["severity"] == "error" and problem["node"] in upstream:
            return f"`{name}` has no value. {problem['message']}"
    return f"`{name}` has no value because a node upstream of it failed."


def _cause(run: LatestRun, name: str) -> str:
    """Return a sentence about the cause, to append to an exception's message. Empty if the cause is not known."""
    message = run.failures.get(name, "")
    separator = " " if message.endswith((".", "!", "?")) else ". "
    if _NONE in message:
        for source in run.graph.sources_of(name):
            if _is_wrongly_none(run, source):
                return separator + _none_text(run, source)
    return ""
