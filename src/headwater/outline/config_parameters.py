"""The config keys that are parameters of a function in a decorator: `config.where(lambda year: year > 2020)`."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.decorators.protocol import Modifier, Pending, Scope
from headwater.outline.constant_values import UnknownValue
from headwater.outline.module import follow_assignments
from headwater.outline.values import ExpressionReader


def config_parameters(decorator: ast.expr, reader: ExpressionReader, missing: object) -> Mapping[str, Any]:
    """Return the config keys, each with its parameter's default, or with `missing` if the parameter has no default.

    Empty if the function is not known.
    """
    if not isinstance(decorator, ast.Call):
        return {}
    functions = [*decorator.args, *(keyword.value for keyword in decorator.keywords if keyword.arg == "decorate_with")]
    found = _parameters(functions[0], reader) if functions else None
    if found is None:
        return {}
    parameters, origin = found
    positional = [*[None] * (len(parameters.args) - len(parameters.defaults)), *parameters.defaults]
    by_name = [
        *zip(parameters.args, positional[-len(parameters.args) :], strict=False),
        *zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True),
    ]
    return {parameter.arg: missing if default is None else origin.value_or_text(default) for parameter, default in by_name}


def _parameters(function: ast.expr, reader: ExpressionReader) -> tuple[ast.arguments, ExpressionReader] | None:
    """Return the parameters of a function, and the reader for its module."""
    expression, module = follow_assignments(function, reader.module, reader.modules)
    if isinstance(expression, ast.Lambda):
        return expression.args, reader.within(module)
    try:
        found = reader.value(function)
    except UnknownValue:
        return None
    source = getattr(found, "source", None)
    return (source.args, reader.within(found.module)) if isinstance(source, ast.FunctionDef | ast.AsyncFunctionDef) else None


@dataclass(frozen=True, slots=True)
class ConfigOnlyDecorator:
    """A replacement for a decorator that depends on a function of config values. It contributes only config keys."""

    name: str
    defaults: Mapping[str, Any]

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that the function reads."""
        return frozenset(self.defaults)

    def resolve(self, scope: Scope, function: Any) -> Sequence[Modifier | Pending]:
        """Return no modifiers."""
        del scope, function
        return ()
