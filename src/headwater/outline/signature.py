"""The plain node of a function in source text: name, type, parameters, documentation and location."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from headwater.errors import DefinitionError, MissingAnnotation, UnsupportedParameter
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import REQUIRED
from headwater.introspection.source_location import SourceLocation
from headwater.outline.annotations import annotation_type
from headwater.outline.decorators import SourceFunction
from headwater.outline.diagnostics import Diagnostic
from headwater.outline.module import FunctionNode, SourceModule
from headwater.outline.values import ExpressionReader


def node_from_source(
    name: str,
    function: FunctionNode,
    module: SourceModule,
    modules: Mapping[str, SourceModule],
    source_function: SourceFunction,
) -> tuple[Node, list[Diagnostic]]:
    """Return the node of a function without its modifiers, and the problems with its signature.

    A missing annotation is treated as `Any`, and a parameter that cannot be a dependency is omitted. This way, the graph can
    show a function that is still being written.
    """
    location = SourceLocation(module.file, function.lineno)
    diagnostics = [
        Diagnostic(error, SourceLocation(module.file, syntax.lineno), syntax.col_offset + 1)
        for error, syntax in _signature_errors(name, function, location)
    ]
    dependencies: list[Dependency] = []
    for parameter, default in _parameters(function.args):
        annotation = parameter.annotation
        type_ = Any if annotation is None else annotation_type(annotation, module, modules)
        value = REQUIRED if default is None else ExpressionReader(module, modules).value_or_text(default)
        dependencies.append(Dependency(parameter.arg, parameter.arg, type_, value))
    node = Node(
        name=name,
        type=Any if function.returns is None else annotation_type(function.returns, module, modules),
        explicit_location=location,
        arguments=tuple(dependencies),
        doc=source_function.__doc__ or "",
        function=source_function,
        module=module.name,
    )
    return node, diagnostics


def _parameters(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield the parameters that can be dependencies, with their defaults."""
    without = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    for position, parameter in enumerate(arguments.args, start=len(arguments.posonlyargs)):
        yield parameter, arguments.defaults[position - without] if position >= without else None
    if arguments.kwonlyargs:
        yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)


def _signature_errors(
    name: str, function: FunctionNode, location: SourceLocation
) -> Iterator[tuple[DefinitionError, ast.arg | FunctionNode]]:
    """Yield the problems with a signature, each with the syntax element that causes it."""
    arguments = function.args
    if arguments.posonlyargs or arguments.vararg or arguments.kwarg:
        kinds = ((arguments.posonlyargs, "/"), ([arguments.vararg], "*"), ([arguments.kwarg], "**"))
        for parameters, kind in kinds:
            for parameter in filter(None, parameters):
                yield UnsupportedParameter(name, parameter.arg, kind, location), parameter
    for parameter, default in _parameters(arguments):
        if parameter.annotation is None:
            constant = default.value if isinstance(default, ast.Constant) else None
            yield MissingAnnotation(name, parameter.arg, location, constant), parameter
    if function.returns is None:
        yield MissingAnnotation(name, None, location), function
