"""The way to one value as a script: the functions that it takes, and the calls in order."""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from headwater.errors import NotWritable
from headwater.execution.recording import Recording
from headwater.export.definitions import config_keys, functions_behind, is_definition
from headwater.export.derivation import Alias, Derivation, ExtractedPart, FunctionResult, SubdagInput, arguments, derivation_of
from headwater.export.imports import import_lines
from headwater.export.slices import Slice, slice_of
from headwater.export.titles import docstring
from headwater.graph.node import Argument, Constant, Dependency, Node
from headwater.introspection.callables import bare_signature
from headwater.literals.code import BracketGroup, LabeledPiece, Piece, call, identifier, lines, text_code, unique_name
from headwater.literals.literals import Literals, unwritable

_INDENT = "    "


def script(recording: Recording, name: str) -> str:
    """A program that computes one node: its functions with all that they use, then the calls, then a print of the value.

    It runs without Headwater. Decorators are said in other words: a variant that the config chose is called by its name,
    a bound parameter is an argument of the call, a column is taken out of its frame. What has no other words, such as what a
    check says of a value, is computed by a `Driver` in the script.

    Args:
        recording: a run, from `Session.recording()` or `record(...)`.
        name: the node.

    Raises:
        UnknownNode: there is no such node.
        NotWritable: it has no value, or the way to it does not go into one file.
    """
    recording.node(name)
    steps = _steps(recording, name)
    return _plain(recording, name, steps) if steps is not None else _with_driver(recording, name)


@dataclass(frozen=True, slots=True)
class _Step:
    """A value on the way; `how` is None for what was given."""

    node: Node
    how: Derivation | None


def _steps(recording: Recording, name: str) -> list[_Step] | None:
    """The values on the way to a node, in order; None if plain Python cannot make one of them."""
    found: dict[str, _Step] = {}
    waiting = [name]
    while waiting:
        node = recording.graph[waiting.pop()]
        if node.name in found:
            continue
        computed = node.kind == "function" and node.name not in recording.overrides
        how = derivation_of(node) if computed else None
        if computed and how is None:
            return None
        found[node.name] = _Step(node, how)
        waiting.extend(_sources(how, recording.values))
    return [found[node.name] for node in recording.graph if node.name in found]


def _sources(how: Derivation | None, values: Mapping[str, Any]) -> Iterable[str]:
    match how:
        case FunctionResult():
            return [one.source for one in arguments(how, values).values() if not isinstance(one, Constant)]
        case ExtractedPart(whole, _):
            return [whole]
        case Alias(node):
            return [node]
        case SubdagInput(Dependency() as argument) if argument.source in values or not argument.optional:
            return [argument.source]
        case SubdagInput():
            return []
        case None:
            return []


# --- in plain Python --------------------------------------------------------------------------------------------------


def _plain(recording: Recording, name: str, steps: list[_Step]) -> str:
    literals = Literals()
    written = {step.node.name: _given(step.node, recording, literals) for step in steps if step.how is None}
    calls = [step.how for step in steps if isinstance(step.how, FunctionResult)]
    constants = {id(one): _constant(one, literals) for how in calls for one in how.arguments if isinstance(one, Constant)}
    handed_in = {step.node.name: step.how.argument for step in steps if isinstance(step.how, SubdagInput)}
    written |= {name: _written(name, _value(one), literals) for name, one in handed_in.items() if not _is_read(one, recording)}
    part = _sliced(recording, [(one.module, one.function) for one in calls], literals, decorated=False)
    taken = set(part.names) | set(literals.imports) | set(vars(builtins))
    called = {step.how.node: step.node.name for step in steps if isinstance(step.how, Alias)}
    variables: dict[str, str] = {}
    body: list[str] = []
    for step in steps:
        if isinstance(step.how, Alias):
            variables[step.node.name] = variables[step.how.node]
            continue
        if isinstance(step.how, SubdagInput) and isinstance(step.how.argument, Dependency) and step.node.name not in written:
            written[step.node.name] = variables[step.node.name] = variables[step.how.argument.source]
            if step.node.name != name:  # its readers take the other name
                continue
        wanted = identifier(called.get(step.node.name, step.node.name))
        variable = variables[step.node.name] = unique_name(wanted, taken, suffix="_value")
        taken.add(variable)
        match step.how:
            case None | SubdagInput():
                value = written[step.node.name]
            case ExtractedPart(whole, key):
                value = f"{variables[whole]}[{text_code(key)}]"
            case FunctionResult() as how:
                value = _call(how, step.node, recording.values, variables, constants)
        body += lines(value, before=f"{variable} = ", indent=_INDENT)
    body.append(f"{_INDENT}print({variables[name]})")
    return _program(f"Computes `{name}`.", part, literals, body)


def _call(
    how: FunctionResult, node: Node, values: Mapping[str, Any], variables: Mapping[str, str], constants: Mapping[int, Piece]
) -> Piece:
    """The call with arguments by position as far as none is left out."""
    given = arguments(how, values)
    keyword_only = _keyword_only(node)
    by_position: list[Piece] = []
    named: dict[str, Piece] = {}
    left_out = False
    for argument in how.arguments:
        if argument.parameter not in given:
            left_out = True
            continue
        piece = constants[id(argument)] if isinstance(argument, Constant) else variables[argument.source]
        if left_out or isinstance(argument, Constant) or argument.parameter in keyword_only:
            left_out = True
            named[argument.parameter] = piece
        else:
            by_position.append(piece)
    return call(how.function, *by_position, **named)


def _is_read(argument: Argument, recording: Recording) -> bool:
    """True for an argument that comes from another node; one with a default may come from nowhere."""
    return isinstance(argument, Dependency) and (argument.source in recording.values or not argument.optional)


def _value(argument: Argument) -> Any:
    return argument.value if isinstance(argument, Constant) else argument.default


def _keyword_only(node: Node) -> set[str]:
    assert node.function is not None
    parameters = bare_signature(node.function).parameters.values()
    return {one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY}


# --- with Headwater ---------------------------------------------------------------------------------------------------


def _with_driver(recording: Recording, name: str) -> str:
    """For values that decorators make in a way of their own."""
    literals = Literals()
    reached = recording.graph.upstream([name], provided=recording.overrides)
    replaced = {node.name: _given(node, recording, literals) for node in reached if node.name in recording.overrides}
    given = {node.name: _given(node, recording, literals) for node in reached if node.name in recording.inputs}
    behind = functions_behind(reached, recording.sources)
    defined = [function for function in behind if is_definition(function, recording.config)]
    looked_at = {node.name for node in reached if node.kind == "config"}.union(
        *(config_keys(function, recording.config) for function in defined)
    )
    config = {key: _written(key, value, literals) for key, value in recording.config.items() if key in looked_at}
    part = _sliced(recording, [(one.__module__, one.__name__) for one in behind], literals, decorated=True)
    literals.name("headwater", "Builder")
    built = lines(call("Builder().with_functions", *(one.__name__ for one in defined)), before="builder = ", indent=_INDENT)
    if config:
        built += lines(call("builder.with_config", _dictionary(config)), before="builder = ", indent=_INDENT)
    asked = call("builder.build().execute", f"[{text_code(name)}]", **_options(inputs=given, overrides=replaced))
    body = [*built, *lines(asked, before="values = ", indent=_INDENT), f"{_INDENT}print(values[{text_code(name)}])"]
    return _program(f"Computes `{name}`, which a decorator makes, with Headwater.", part, literals, body)


def _options(**options: Mapping[str, Piece]) -> dict[str, Piece]:
    return {name: _dictionary(items) for name, items in options.items() if items}


def _dictionary(items: Mapping[str, Piece]) -> Piece:
    return BracketGroup("{", tuple(LabeledPiece(f"{text_code(key)}: ", piece) for key, piece in items.items()), "}")


# --- both -------------------------------------------------------------------------------------------------------------


def _given(node: Node, recording: Recording, literals: Literals) -> Piece:
    value = node.value if node.kind == "config" else recording.values.get(node.name)
    if node.kind != "config" and node.name not in recording.values:
        raise NotWritable(f"`{node.name}` is needed, and nobody gave it.", node=node.name)
    return _written(node.name, value, literals)


def _constant(argument: Constant, literals: Literals) -> Piece:
    return _written(argument.parameter, argument.value, literals)


def _written(name: str, value: Any, literals: Literals) -> Piece:
    try:
        return literals.piece(value)
    except NotWritable as error:
        raise unwritable(name, error) from None


def _sliced(recording: Recording, functions: Iterable[tuple[str, str]], literals: Literals, *, decorated: bool) -> Slice:
    """The functions, by module and name, and the classes of the dataflow that given values are of."""
    wanted = list(functions)
    for name, statement in list(literals.imports.items()):
        module = statement.split()[1]
        if module in recording.sources:
            wanted.append((module, name))
            del literals.imports[name]
    return slice_of(recording.sources, wanted, decorated=decorated)


def _program(title: str, part: Slice, literals: Literals, body: list[str]) -> str:
    imports = import_lines([*part.imports, *literals.imports.values()])
    parts = [docstring(title), *(["\n".join(imports)] if imports else [])]
    between = "\n\n\n" if part.opens_with_definition else "\n\n"
    return between.join(["\n\n".join(parts), part.body]) + "\n".join(["", "", "", 'if __name__ == "__main__":', *body, ""])
