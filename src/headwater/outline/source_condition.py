"""`SourceCondition`: the condition of `config.where`, evaluated from its text under a config."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from headwater.outline.config_parameters import config_parameters
from headwater.outline.constant_values import Budget, UnknownValue
from headwater.outline.diagnostics import Diagnostic
from headwater.outline.module import assignment
from headwater.outline.values import ExpressionReader


@dataclass(frozen=True, slots=True)
class SourceCondition:
    """A condition that is one expression of config values: `lambda year: year > 2020`, or a function with one `return`."""

    defaults: Mapping[str, Any]
    """The config keys, each with the value to use if the key is missing from the config."""
    warning: Diagnostic
    """The problem to report if only a run can tell whether the condition holds."""
    _expression: ast.expr
    _reader: ExpressionReader
    """The reader for the module of the expression."""
    _decisions: dict[str, bool | None] = field(default_factory=dict[str, bool | None], init=False)
    """The condition's results so far, keyed by the config values as text.

    Cached, because each evaluation spends some of the module's budget.
    """
    name = "config.where"
    is_fallback = False

    @classmethod
    def read(cls, decorator: ast.Call, reader: ExpressionReader, warning: Diagnostic) -> Self:
        """Read the condition in a call to `config.where`.

        Raises:
            UnknownValue: the condition is not one expression of config values.
        """
        if len(decorator.args) != 1 or decorator.keywords:
            raise UnknownValue
        parameters, expression, origin = _single_expression(decorator.args[0], reader)
        if parameters.posonlyargs or parameters.vararg or parameters.kwarg:
            raise UnknownValue
        return cls(config_parameters(decorator, reader, None), warning, expression, origin)

    @property
    def keys(self) -> frozenset[str]:
        """Return the config keys that the condition depends on."""
        return frozenset(self.defaults)

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return True if the condition holds, or if only a run can tell."""
        return self.decision(config) is not False

    def decision(self, config: Mapping[str, Any]) -> bool | None:
        """Return whether the condition holds, or None if only a run can tell."""
        values = {key: config.get(key, default) for key, default in self.defaults.items()}
        try:
            known = repr(Budget().charge(values, plain=True))
        except UnknownValue:
            return None
        if known not in self._decisions:
            self._decisions[known] = self._evaluate(values)
        return self._decisions[known]

    def _evaluate(self, values: Mapping[str, Any]) -> bool | None:
        try:
            return self._reader.truth(self._expression, values)
        except UnknownValue:
            return None


def _single_expression(function: ast.expr, reader: ExpressionReader) -> tuple[ast.arguments, ast.expr, ExpressionReader]:
    """Return the parameters of a function, the expression that it returns, and the reader for its module."""
    if isinstance(function, ast.Name | ast.Attribute):
        assigned = assignment(function, reader.module, reader.modules)
        if assigned is None:
            return _returned_expression(reader.value(function), reader)
        module, name = assigned
        if not module.is_constant(name):
            raise UnknownValue
        function, reader = module.assigned[name], reader.within(module)
    if not isinstance(function, ast.Lambda):
        raise UnknownValue
    return function.args, function.body, reader


def _returned_expression(function: Any, reader: ExpressionReader) -> tuple[ast.arguments, ast.expr, ExpressionReader]:
    source = getattr(function, "source", None)
    if not isinstance(source, ast.FunctionDef) or source.decorator_list or function.is_uncertain:
        raise UnknownValue
    body = source.body[1:] if ast.get_docstring(source) is not None else source.body
    match body:
        case [ast.Return(value=ast.expr() as expression)]:
            return source.args, expression, reader.within(function.module)
        case _:
            raise UnknownValue
