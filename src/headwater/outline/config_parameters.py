"""The config keys that a decorator's function asks for by its parameters, as in `config.where(lambda year: year > 2020)`."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.decorators.protocol import Modifier, Pending, Scope
from headwater.outline.constant_values import UnknownValue
from headwater.outline.module import follow_assignments
from headwater.outline.values import Reader


def config_parameters(decorator: ast.expr, reader: Reader, missing: object) -> Mapping[str, Any]:
    """The keys, each with its parameter's default or `missing`; none where the text does not tell which function it is."""
    if not isinstance(decorator, ast.Call):
        return {}
    given = [*decorator.args, *(keyword.value for keyword in decorator.keywords if keyword.arg == "decorate_with")]
    parameters = _parameters(given[0], reader) if given else None
    if parameters is None:
        return {}
    positional = [*[None] * (len(parameters.args) - len(parameters.defaults)), *parameters.defaults]
    by_name = [
        *zip(parameters.args, positional[-len(parameters.args) :], strict=False),
        *zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True),
    ]
    return {one.arg: missing if default is None else reader.value_or_text(default) for one, default in by_name}


def _parameters(function: ast.expr, reader: Reader) -> ast.arguments | None:
    written, _ = follow_assignments(function, reader.module, reader.modules)
    if isinstance(written, ast.Lambda):
        return written.args
    try:
        source = getattr(reader.value(function), "source", None)
    except UnknownValue:
        return None
    return source.args if isinstance(source, ast.FunctionDef | ast.AsyncFunctionDef) else None


@dataclass(frozen=True, slots=True)
class ConfigOnlyDecorator:
    """What stands for a decorator that a function of config values decides about: it does nothing but look at them."""

    name: str
    defaults: Mapping[str, Any]

    @property
    def keys(self) -> frozenset[str]:
        """The config keys that it looks at."""
        return frozenset(self.defaults)

    def resolve(self, scope: Scope, function: Any) -> Sequence[Modifier | Pending]:
        """Nothing."""
        del scope, function
        return ()
