"""A pytest function from what a node read and made in a run."""

from __future__ import annotations

from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.export.derivation import Alias, ExtractedPart, FunctionResult, SubdagInput, arguments, derivation_of
from headwater.export.imports import import_lines
from headwater.export.titles import docstring
from headwater.graph.node import Constant, Dependency
from headwater.literals.code import Piece, call, identifier, in_one_line, lines, text_code, unique_name
from headwater.literals.errors import TooLarge, TooLong
from headwater.literals.literals import RESERVED, Literals, unwritable

_SHORT = 60
"""Characters up to which an argument stands in the call."""


def node_test(recording: Recording, name: str, files: DataFiles | None = None) -> str:
    """A module with one test: it calls the function behind a node with the recorded arguments and checks the result.

    Args:
        recording: a run, from `Session.recording()` or `record(...)`.
        name: the node.
        files: collects the data files that the test reads, for values that are too long to read as code. Without, such a
            value is refused.

    Raises:
        UnknownNode: there is no such node.
        NotWritable: it has no value, no function, or something that it read or made can be written neither as code nor as
            a file.
    """
    called, parts = _called(recording, name)
    literals = Literals(files)
    given: dict[str, Piece] = {}
    for parameter, value in _given(recording, called).items():
        try:
            given[parameter] = literals.piece(value, parameter)
        except NotWritable as error:
            raise _unwritten(parameter, error, files) from None
    try:
        checks = check_lines("result", recording.values[name], literals, name)
    except NotWritable as error:
        raise _unwritten(name, error, files) from None
    imports = {**literals.imports, **(files.imports() if files is not None else {})}
    function = unique_name(called.function, set(imports) | RESERVED)
    imported = called.function if function == called.function else f"{called.function} as {function}"
    imports[function] = f"from {called.module} import {imported}"
    local = {*imports, *RESERVED}
    setup: list[str] = []
    for parameter, piece in given.items():
        if len(in_one_line(piece)) > _SHORT:
            variable = unique_name(parameter, local)
            local.add(variable)
            setup += lines(piece, before=f"{variable} = ", indent="    ")
            given[parameter] = variable
    body = [*setup, *lines(call(function, **given), before="result = ", after=parts, indent="    ")]
    body += [f"    {line}" for line in checks]
    title = docstring(f"What `{name}` made of what it read in one run, as a test.")
    head = files.head() if files is not None else []
    return "\n".join(
        [
            title,
            "",
            *import_lines(imports, {called.module}),
            *(["", *head] if head else []),
            "",
            "",
            f"def test_{identifier(name)}() -> None:",
            *body,
            "",
        ]
    )


def _unwritten(name: str, error: NotWritable, files: DataFiles | None) -> NotWritable:
    match error:
        case TooLong() if files is None:
            remedy = "Pass `files` to have it written to a file beside the test."
        case TooLong() | TooLarge():
            remedy = "Run the dataflow with less data, and write the test then."
        case _:
            remedy = "Move what you want to test into a function that takes and returns numbers, texts, tables or arrays."
    return NotWritable(f"{unwritable(name, error).message} {remedy}", node=name)


def _called(recording: Recording, name: str) -> tuple[FunctionResult, str]:
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
        match derivation_of(node):
            case FunctionResult() as called:
                return called, parts
            case ExtractedPart(whole, part):
                at, parts = whole, f"[{text_code(part)}]{parts}"
            case Alias(checked):
                at = checked
            case SubdagInput(Dependency(source=source)):
                at = source
            case _:
                message = f"`{name}` is made by a decorator: there is no function of yours that a test could call."
                raise NotWritable(message, node=name)


def _given(recording: Recording, called: FunctionResult) -> dict[str, Any]:
    return {
        parameter: argument.value if isinstance(argument, Constant) else recording.values[argument.source]
        for parameter, argument in arguments(called, recording.values).items()
    }
