"""A script that computes one value: the functions that the value depends on, and their calls in order."""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.asynchronous import needs_async_driver
from headwater.export.definitions import config_keys, functions_behind, is_definition
from headwater.export.derivation import (
    Derivation,
    ExtractedPart,
    FunctionResult,
    NodeAlias,
    SubdagInput,
    arguments,
    derivation_of,
)
from headwater.export.titles import docstring
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.introspection.callables import bare_signature
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, identifier, lines, text_code, unique_name
from headwater.literals.imports import import_lines
from headwater.literals.literals import Literals, unwritable
from headwater.sources.slices import Slice, slice_of

_INDENT = "    "


def script(recording: Recording, name: str) -> str:
    """Return a program that computes a node. It contains the functions with their dependencies, the calls, and a `print`.

    The program runs without Headwater. Decorators are translated to plain Python: a variant selected by the config is called by
    name, a bound parameter becomes an argument, and a column is extracted from its frame. If a decorator has no translation,
    such as a check whose result is needed, a `Driver` in the script computes the value.

    Args:
        recording: a run, from `Session.recording()` or `record(...)`.
        name: the name of the node.

    Raises:
        UnknownNode: if there is no such node.
        NotWritable: if the node has no value, or its dependencies cannot be combined in one file.
    """
    recording.node(name)
    steps = _steps(recording, name)
    return _plain(recording, name, steps) if steps is not None else _with_driver(recording, name)


@dataclass(frozen=True, slots=True)
class _ScriptStep:
    """An upstream value. `derivation` is None if the value was provided."""

    node: Node
    derivation: Derivation | None


def _steps(recording: Recording, name: str) -> list[_ScriptStep] | None:
    """Return the upstream values of a node in topological order, or None if plain Python cannot compute one of them."""
    steps: dict[str, _ScriptStep] = {}
    pending = [name]
    while pending:
        node = recording.graph[pending.pop()]
        if node.name in steps:
            continue
        is_computed = node.kind == "function" and node.name not in recording.overrides
        derivation = derivation_of(node) if is_computed else None
        if is_computed and derivation is None:
            return None
        steps[node.name] = _ScriptStep(node, derivation)
        pending.extend(_sources(derivation, recording.values))
    return [steps[node.name] for node in recording.graph if node.name in steps]


def _sources(derivation: Derivation | None, values: Mapping[str, Any]) -> Iterable[str]:
    match derivation:
        case FunctionResult():
            bound = arguments(derivation, values).values()
            return [argument.source for argument in bound if not isinstance(argument, Constant)]
        case ExtractedPart(container, _):
            return [container]
        case NodeAlias(node):
            return [node]
        case SubdagInput(Dependency() as argument) if argument.source in values or not argument.optional:
            return [argument.source]
        case SubdagInput():
            return []
        case None:
            return []


# --- in plain Python --------------------------------------------------------------------------------------------------


def _plain(recording: Recording, name: str, steps: list[_ScriptStep]) -> str:
    literals = Literals()
    pieces = {step.node.name: _provided(step.node, recording, literals) for step in steps if step.derivation is None}
    calls = [step.derivation for step in steps if isinstance(step.derivation, FunctionResult)]
    constant_arguments = [argument for result in calls for argument in result.arguments if isinstance(argument, Constant)]
    constants = {id(argument): _constant(argument, literals) for argument in constant_arguments}
    subdag_inputs = {step.node.name: step.derivation.argument for step in steps if isinstance(step.derivation, SubdagInput)}
    for input_name, argument in subdag_inputs.items():
        if not _comes_from_node(argument, recording):
            pieces[input_name] = _piece(input_name, _value(argument), literals)
    part = _slice(recording, [(result.module, result.function) for result in calls], literals, decorated=False)
    used_names = set(part.names) | set(literals.imports) | set(vars(builtins))
    aliases = {step.derivation.node: step.node.name for step in steps if isinstance(step.derivation, NodeAlias)}
    variables: dict[str, str] = {}
    body: list[str] = []
    for step in steps:
        if isinstance(step.derivation, NodeAlias):
            variables[step.node.name] = variables[step.derivation.node]
            continue
        subdag_input = subdag_inputs.get(step.node.name)
        if isinstance(subdag_input, Dependency) and step.node.name not in pieces:
            pieces[step.node.name] = variables[step.node.name] = variables[subdag_input.source]
            if step.node.name != name:  # no assignment needed: downstream calls use the source's variable
                continue
        preferred = identifier(aliases.get(step.node.name, step.node.name))
        variable = variables[step.node.name] = unique_name(preferred, used_names, suffix="_value")
        used_names.add(variable)
        match step.derivation:
            case None | SubdagInput():
                value = pieces[step.node.name]
            case ExtractedPart(container, key):
                value = f"{variables[container]}[{text_code(key)}]"
            case FunctionResult() as result:
                value = _call(result, step.node, recording.values, variables, constants)
        body += lines(value, before=f"{variable} = ", indent=_INDENT)
    body.append(f"{_INDENT}print({variables[name]})")
    return _program(f"Compute `{name}`.", part, literals, body)


def _call(
    result: FunctionResult, node: Node, values: Mapping[str, Any], variables: Mapping[str, str], constants: Mapping[int, Piece]
) -> Piece:
    """Return the call to a function. Arguments are passed by position until one is omitted or must be passed by keyword."""
    bound = arguments(result, values)
    keyword_only = _keyword_only(node)
    by_position: list[Piece] = []
    by_keyword: dict[str, Piece] = {}
    use_keywords = False
    for argument in result.arguments:
        if argument.parameter not in bound:
            use_keywords = True
            continue
        piece = constants[id(argument)] if isinstance(argument, Constant) else variables[argument.source]
        if use_keywords or isinstance(argument, Constant) or argument.parameter in keyword_only:
            use_keywords = True
            by_keyword[argument.parameter] = piece
        else:
            by_position.append(piece)
    return call(result.function, *by_position, **by_keyword)


def _comes_from_node(argument: Argument, recording: Recording) -> bool:
    """Return True if an argument comes from another node rather than from the parameter's default."""
    return isinstance(argument, Dependency) and (argument.source in recording.values or not argument.optional)


def _value(argument: Argument) -> Any:
    return argument.value if isinstance(argument, Constant) else argument.default


def _keyword_only(node: Node) -> set[str]:
    assert node.function is not None
    parameters = bare_signature(node.function).parameters.values()
    return {parameter.name for parameter in parameters if parameter.kind is inspect.Parameter.KEYWORD_ONLY}


# --- with Headwater ---------------------------------------------------------------------------------------------------


def _with_driver(recording: Recording, name: str) -> str:
    """Return a script that computes the value with a driver, because plain Python cannot."""
    literals = Literals()
    upstream = recording.graph.upstream([name], provided=recording.overrides)
    overrides = {node.name: _provided(node, recording, literals) for node in upstream if node.name in recording.overrides}
    inputs = {node.name: _provided(node, recording, literals) for node in upstream if node.name in recording.inputs}
    functions = functions_behind(upstream, recording.sources)
    definitions = [function for function in functions if is_definition(function, recording.config)]
    used_keys = {node.name for node in upstream if node.kind == "config"}.union(
        *(config_keys(function, recording.config) for function in definitions)
    )
    config = {key: _piece(key, value, literals) for key, value in recording.config.items() if key in used_keys}
    part = _slice(recording, [(function.__module__, function.__name__) for function in functions], literals, decorated=True)
    literals.name("headwater", "Builder")
    names = (function.__name__ for function in definitions)
    builder = lines(call("Builder().with_functions", *names), before="builder = ", indent=_INDENT)
    if config:
        builder += lines(call("builder.with_config", _dictionary(config)), before="builder = ", indent=_INDENT)
    is_async = needs_async_driver(node for node in upstream if node.name not in recording.overrides)
    build = "build_async" if is_async else "build"
    execute = call(f"builder.{build}().execute", f"[{text_code(name)}]", **_options(inputs=inputs, overrides=overrides))
    if is_async:
        literals.imports["asyncio"] = "import asyncio"
        execute = call("asyncio.run", execute)
    body = [*builder, *lines(execute, before="values = ", indent=_INDENT), f"{_INDENT}print(values[{text_code(name)}])"]
    reason = "some functions are `async def`" if is_async else "plain function calls cannot compute it"
    return _program(f"Compute `{name}` with Headwater, because {reason}.", part, literals, body)


def _options(**options: Mapping[str, Piece]) -> dict[str, Piece]:
    return {name: _dictionary(items) for name, items in options.items() if items}


def _dictionary(items: Mapping[str, Piece]) -> Piece:
    return BracketGroup("{", tuple(LabeledPiece(f"{text_code(key)}: ", piece) for key, piece in items.items()), "}")


# --- shared -----------------------------------------------------------------------------------------------------------


def _provided(node: Node, recording: Recording, literals: Literals) -> Piece:
    value = node.value if node.kind == "config" else recording.values.get(node.name)
    if node.kind != "config" and node.name not in recording.values:
        raise NotWritable(f"`{node.name}` is required but was not provided.", node=node.name)
    return _piece(node.name, value, literals)


def _constant(argument: Constant, literals: Literals) -> Piece:
    return _piece(argument.parameter, argument.value, literals)


def _piece(name: str, value: Any, literals: Literals) -> Piece:
    try:
        return literals.piece(value)
    except NotWritable as error:
        raise unwritable(name, error) from None


def _slice(recording: Recording, functions: Iterable[tuple[str, str]], literals: Literals, *, decorated: bool) -> Slice:
    """Return the slice of the sources that contains these functions and the classes of provided values."""
    names = list(functions)
    for name, statement in list(literals.imports.items()):
        module = statement.split()[1]
        if module in recording.sources:
            names.append((module, name))
            del literals.imports[name]
    return slice_of(recording.sources, names, decorated=decorated)


def _program(title: str, part: Slice, literals: Literals, body: list[str]) -> str:
    imports = import_lines([*part.imports, *literals.imports.values()])
    parts = [docstring(title), *(["\n".join(imports)] if imports else [])]
    between = "\n\n\n" if part.opens_with_definition else "\n\n"
    return between.join(["\n\n".join(parts), part.body]) + "\n".join(["", "", "", 'if __name__ == "__main__":', *body, ""])
