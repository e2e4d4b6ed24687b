"""A pytest function created from a node's arguments and result in a run."""

from __future__ import annotations

from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.checks import check_lines
from headwater.export.data_files import DataFiles
from headwater.export.derivation import ExtractedPart, FunctionResult, NodeAlias, SubdagInput, arguments, derivation_of
from headwater.export.titles import docstring
from headwater.graph.node import Constant, Dependency
from headwater.graph.operation import Await, Expand, Map
from headwater.literals.code import Piece, call, identifier, in_one_line, lines, text_code, unique_name
from headwater.literals.errors import TooLarge, TooLong
from headwater.literals.imports import import_lines
from headwater.literals.literals import RESERVED, Literals, unwritable

_MAX_INLINE_LENGTH = 60
"""The maximum length of an argument that is written directly in the call."""


def node_test(recording: Recording, name: str, files: DataFiles | None = None) -> str:
    """Return a module with one test. The test calls the node's function with the recorded arguments and checks the result.

    Args:
        recording: a run, from `Session.recording()` or `record(...)`.
        name: the name of the node.
        files: collects the test's data files, for values that are too long to write as code. Without `files`, such values
            raise an error.

    Raises:
        UnknownNode: if there is no such node.
        NotWritable: if the node has no value or no function, or if an argument or the result cannot be written as code or to a
            file.
    """
    called, parts = _called(recording, name)
    literals = Literals(files)
    pieces: dict[str, Piece] = {}
    for parameter, value in _argument_values(recording, called).items():
        try:
            pieces[parameter] = literals.piece(value, parameter)
        except NotWritable as error:
            raise _with_remedy(parameter, error, files) from None
    try:
        checks = check_lines("result", recording.values[name], literals, name)
    except NotWritable as error:
        raise _with_remedy(name, error, files) from None
    imports = {**literals.imports, **(files.imports() if files is not None else {})}
    function = unique_name(called.function, set(imports) | RESERVED)
    imported = called.function if function == called.function else f"{called.function} as {function}"
    imports[function] = f"from {called.module} import {imported}"
    used_names = {*imports, *RESERVED}
    setup: list[str] = []
    for parameter, piece in pieces.items():
        if len(in_one_line(piece)) > _MAX_INLINE_LENGTH:
            variable = unique_name(parameter, used_names)
            used_names.add(variable)
            setup += lines(piece, before=f"{variable} = ", indent="    ")
            pieces[parameter] = variable
    body = [*setup, *lines(call(function, **pieces), before="result = ", after=parts, indent="    ")]
    body += [f"    {line}" for line in checks]
    title = docstring(f"Test `{name}` with the arguments and the result of one run.")
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


def _with_remedy(name: str, error: NotWritable, files: DataFiles | None) -> NotWritable:
    match error:
        case TooLong() if files is None:
            remedy = "Pass `files` to write it to a file next to the test."
        case TooLong() | TooLarge():
            remedy = "Run the dataflow with less data, then export the test."
        case _:
            remedy = "Move the tested code into a function that takes and returns numbers, strings, tables or arrays."
    return NotWritable(f"{unwritable(name, error).message} {remedy}", node=name)


def _called(recording: Recording, name: str) -> tuple[FunctionResult, str]:
    """Return the call that computes a node, and the code that extracts the node's value from the result."""
    parts = ""
    at = name
    while True:
        node = recording.node(at)
        if node.kind != "function":
            raise NotWritable(
                f"`{name}` is {'an input' if node.kind == 'input' else 'a config value'}, so it has no function to test.",
                node=name,
            )
        if at in recording.overrides:
            message = f"`{at}` is overridden, so its function did not compute the value."
            raise NotWritable(message, node=name)
        match derivation_of(node):
            case FunctionResult() as called:
                return called, parts
            case ExtractedPart(container, part):
                at, parts = container, f"[{text_code(part)}]{parts}"
            case NodeAlias(checked):
                at = checked
            case SubdagInput(Dependency(source=source)):
                at = source
            case _ if isinstance(node.operation, Await):
                raise NotWritable(f"`{name}` is `async def`, and exported tests do not await functions.", node=name)
            case _ if isinstance(node.operation, Expand | Map):
                message = f"`{name}` has a value for each element of a list, which exported tests do not support."
                raise NotWritable(message, node=name)
            case _:
                message = f"`{name}` is computed by a decorator, so there is no function that a test can call."
                raise NotWritable(message, node=name)


def _argument_values(recording: Recording, called: FunctionResult) -> dict[str, Any]:
    return {
        parameter: argument.value if isinstance(argument, Constant) else recording.values[argument.source]
        for parameter, argument in arguments(called, recording.values).items()
    }
