"""A function as written, to its plain node: name, type, parameters, documentation and place."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from headwater.errors import AsyncFunction, DefinitionError, MissingAnnotation, UnsupportedParameter
from headwater.node import REQUIRED, Dependency, Node
from headwater.outline.annotations import written_type
from headwater.outline.decorators import StandIn
from headwater.outline.findings import Finding
from headwater.outline.module import FunctionNode, SourceModule
from headwater.outline.values import Reader
from headwater.place import Place


def written_node(
    name: str, function: FunctionNode, module: SourceModule, modules: Mapping[str, SourceModule], stand_in: StandIn
) -> tuple[Node, list[Finding]]:
    """The node of a function before its modifiers, and what is wrong with its signature.

    A missing annotation counts as `Any`, and a parameter that cannot be a dependency is left out: the node is drawn
    while somebody is still typing it.
    """
    place = Place(module.file, function.lineno)
    arguments = function.args
    findings: list[Finding] = []

    def refuse(error: DefinitionError, at: ast.arg | FunctionNode) -> None:
        findings.append(Finding(error, Place(module.file, at.lineno), at.col_offset + 1))

    def type_of(parameter: ast.arg) -> Any:
        if parameter.annotation is None:
            refuse(MissingAnnotation(name, parameter.arg, place), parameter)
            return Any
        return written_type(parameter.annotation, module, modules)

    def dependency(parameter: ast.arg, default: ast.expr | None) -> Dependency:
        value = REQUIRED if default is None else Reader(module, modules).value_or_text(default)
        return Dependency(parameter.arg, parameter.arg, type_of(parameter), value)

    if isinstance(function, ast.AsyncFunctionDef):
        refuse(AsyncFunction(name, place), function)
    refused = [
        *((parameter, "/") for parameter in arguments.posonlyargs),
        *((parameter, "*") for parameter in (arguments.vararg,) if parameter),
        *((parameter, "**") for parameter in (arguments.kwarg,) if parameter),
    ]
    for parameter, kind in refused:
        refuse(UnsupportedParameter(name, parameter.arg, kind, place), parameter)
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults]
    pairs = [
        *zip(arguments.args, defaults[len(arguments.posonlyargs) :], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    dependencies = tuple(dependency(parameter, default) for parameter, default in pairs)
    if function.returns is None:
        refuse(MissingAnnotation(name, None, place), function)
    node = Node(
        name=name,
        type=Any if function.returns is None else written_type(function.returns, module, modules),
        place=place,
        call=stand_in,
        arguments=dependencies,
        doc=stand_in.__doc__ or "",
        function=stand_in,
        module=module.name,
    )
    return node, findings
