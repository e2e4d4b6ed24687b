"""A pytest function from what a node read and made in a run."""

from __future__ import annotations

from typing import Any

from headwater.errors import NotWritable
from headwater.node import Constant, Dependency
from headwater.takehome.checks import check_lines
from headwater.takehome.code import Piece, call, free_name, identifier, in_one_line, lines, text_code
from headwater.takehome.imports import import_lines
from headwater.takehome.literals import Literals, unwritten
from headwater.takehome.made import Called, HandedIn, PartOf, SameAs, arguments, made
from headwater.takehome.recording import Recording
from headwater.takehome.titles import docstring

_SHORT = 60
"""Characters up to which an argument stands in the call."""


def node_test(recording: Recording, name: str) -> str:
    """A module with one test: it calls the function behind a node with the recorded arguments and checks the result.

    Args:
        recording: a run, from `Session.recording()` or `record(...)`.
        name: the node.

    Raises:
        UnknownNode: there is no such node.
        NotWritable: it has no value, no function, or something that it read or made cannot be written as code.
    """
    called, parts = _called(recording, name)
    literals = Literals()
    local = {called.function, "result"}
    setup: list[str] = []
    given: dict[str, Piece] = {}
    for parameter, value in _given(recording, called).items():
        try:
            piece = literals.piece(value)
        except NotWritable as error:
            raise unwritten(parameter, error) from None
        if len(in_one_line(piece)) > _SHORT:
            variable = free_name(parameter, local)
            local.add(variable)
            setup += lines(piece, before=f"{variable} = ", indent="    ")
            piece = variable
        given[parameter] = piece
    try:
        checks = check_lines("result", recording.values[name], literals)
    except NotWritable as error:
        raise unwritten(name, error) from None
    function = free_name(called.function, set(literals.imports))
    imported = called.function if function == called.function else f"{called.function} as {function}"
    own = f"from {called.module} import {imported}"
    body = [*setup, *lines(call(function, **given), before="result = ", after=parts, indent="    ")]
    body += [f"    {line}" for line in checks]
    title = docstring(f"What `{name}` made of what it read in one run, as a test.")
    return "\n".join(
        [
            title,
            "",
            *import_lines({**literals.imports, function: own}, {called.module}),
            "",
            "",
            f"def test_{identifier(name)}() -> None:",
            *body,
            "",
        ]
    )


def _called(recording: Recording, name: str) -> tuple[Called, str]:
    """The call behind a node, and what is taken out of its result."""
    parts = ""
    at = name
    while True:
        node = recording.node(at)
        if node.kind != "function":
            raise NotWritable(
                f"`{name}` is given as {node.kind}: no function makes it, so there is nothing to test.", node=name
            )
        if at in recording.overrides:
            message = f"`{at}` is overridden: its value is not what its function made."
            raise NotWritable(message, node=name)
        match made(node):
            case Called() as called:
                return called, parts
            case PartOf(whole, part):
                at, parts = whole, f"[{text_code(part)}]{parts}"
            case SameAs(checked):
                at = checked
            case HandedIn(Dependency(source=source)):
                at = source
            case _:
                message = f"`{name}` is made by a decorator: there is no function of yours that a test could call."
                raise NotWritable(message, node=name)


def _given(recording: Recording, called: Called) -> dict[str, Any]:
    return {
        parameter: argument.value if isinstance(argument, Constant) else recording.values[argument.source]
        for parameter, argument in arguments(called, recording.values).items()
    }
