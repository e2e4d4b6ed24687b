"""Evaluates expressions in source text: constants, types, and calls to Headwater's binding helpers."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Final, ForwardRef

from headwater import decorators
from headwater.decorators.catalog import ENTRIES, Usage
from headwater.decorators.pipe import PipeStep
from headwater.outline.annotations import UNKNOWN_TYPE, annotation_type
from headwater.outline.constant_values import Budget, UnknownValue
from headwater.outline.constants import Evaluator
from headwater.outline.module import SourceModule, assignment, may_export
from headwater.outline.named_values import dataclass_call, enum_member
from headwater.outline.standard_values import call_standard, is_standard_call

_BINDING_HELPERS: Final[Mapping[str, Callable[..., Any]]] = {
    name: getattr(decorators, name) for name, entry in ENTRIES.items() if entry.usage is Usage.PART
}
"""The helpers for decorator arguments (`source`, `value`, `step`, ...), keyed by name."""
_ACCEPTS_ANY_VALUE: Final = frozenset({"apply_to", "step", "value"})
"""Helpers that accept any value. An unknown value is replaced by None, which is compatible with every type."""
_STEP_METHODS: Final = frozenset({"named", "on_input", "on_output", "when", "when_in", "when_not", "when_not_in"})
"""The methods of a step that may be called."""

_NAMESPACES: Final = frozenset(name for name, entry in ENTRIES.items() if entry.usage in (Usage.NAMESPACE, Usage.BY_FORMAT))
"""The namespaces of decorators, as in `config.when`."""

_NUMBERS: Final[Mapping[str, float]] = {"math.inf": math.inf, "math.nan": math.nan, "math.pi": math.pi, "math.e": math.e}


@dataclass(frozen=True, slots=True)
class UnevaluatedExpression:
    """An unknown value. Its `repr` is the expression in the source."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(slots=True)
class ExpressionReader:
    """An evaluator for the expressions in one module. Names are resolved to constants.

    An expression may contain constants, names of constants, types, functions in the dataflow, and Headwater's binding helpers
    (`value`, `source`, `step`, ...). For anything else, the methods raise `UnknownValue`.
    """

    module: SourceModule
    modules: Mapping[str, SourceModule]
    """All modules in the dataflow, keyed by name. A constant may be imported from one of them."""
    types: bool = False
    """Whether an unknown name may be a type, as in `extract_fields({"day": pd.Timestamp})`."""
    functions: Mapping[tuple[str, str], Callable[..., Any]] = field(default_factory=dict[tuple[str, str], Callable[..., Any]])
    """The functions in the dataflow, keyed by module name and function name."""
    is_shown_only: bool = False
    """Whether the value is only displayed.

    If so, an instance of a class that the dataflow defines is replaced by its text.
    """

    def value(self, expression: ast.expr) -> Any:
        """Return the value of an expression."""
        return self._evaluator().value(expression)

    def truth(self, expression: ast.expr, variables: Mapping[str, Any]) -> bool:
        """Return whether an expression is truthy for these values of its variables, which must be plain data."""
        evaluator = self._evaluator(variables)
        return evaluator.truth(evaluator.value(expression))

    def value_or_text(self, expression: ast.expr) -> Any:
        """Return the value of an expression, or an `UnevaluatedExpression` with its text."""
        if isinstance(expression, ast.Constant):
            return expression.value
        try:
            return replace(self, is_shown_only=True).value(expression)
        except UnknownValue:
            return UnevaluatedExpression(_text(expression))

    def arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of a call."""
        return self._evaluator().arguments(call)

    def partial_arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of a call that accepts any keyword values. Unknown values become None.

        Keywords that end in `_` and binding helpers (`source`, `configuration`) must have known values.
        """
        evaluator = self._evaluator()
        values = [self._keyword_or_none(keyword, evaluator) for keyword in call.keywords]
        return evaluator.arguments(ast.Call(call.func, call.args, values))

    def _keyword_or_none(self, keyword: ast.keyword, evaluator: Evaluator) -> ast.keyword:
        """Return a keyword argument. An unknown value becomes None."""
        is_helper = isinstance(keyword.value, ast.Call) and headwater_name(self.module, keyword.value.func) in _BINDING_HELPERS
        if keyword.arg is None or keyword.arg.endswith("_") or is_helper:
            return keyword
        return ast.keyword(keyword.arg, _constant_or_none(keyword.value, evaluator))

    def within(self, module: SourceModule) -> ExpressionReader:
        """Return a reader for the expressions in another module of the dataflow."""
        return replace(self, module=module)

    def _evaluator(self, variables: Mapping[str, Any] | None = None) -> Evaluator:
        return Evaluator(self, Budget(parent=self.module.budget), dict(variables or {}))

    def value_in(self, module: SourceModule, expression: ast.expr) -> Any:
        """Return the value of an expression in another module of the dataflow."""
        return self.within(module).value(expression)

    # --- the context of constant expressions -----------------------------------------------------------------

    def is_builtin(self, name: str) -> bool:
        """Return whether a name in the module refers to the builtin of that name."""
        shadowed = any(may_export(star, name, self.modules) for star in self.module.stars)
        return name not in self.module.bound and not shadowed and not self.module.is_opaque

    def resolve(self, expression: ast.expr, budget: Budget) -> Any:
        """Return the value of a name or a type: a constant, a function or module in the dataflow, or a class."""
        if isinstance(expression, ast.Name | ast.Attribute):
            origin = assignment(expression, self.module, self.modules)
            if origin is not None:
                return self._constant(*origin, budget)
            function = self._function(expression)
            if function is not None:
                return function
            full_name = self.module.full_name(expression) or ""
            if full_name in _NUMBERS:
                return _NUMBERS[full_name]
            if self.is_shown_only and (member := enum_member(full_name, self.modules)) is not None:
                return member
        type_ = annotation_type(expression, self.module, self.modules, budget)
        if type_ is Any or (isinstance(type_, ForwardRef) and not (self.types and type_ != UNKNOWN_TYPE)):
            raise UnknownValue
        return type_

    def _constant(self, module: SourceModule, name: str, budget: Budget) -> Any:
        if not module.is_constant(name):
            raise UnknownValue
        key = (name, self.types, bool(self.functions), self.is_shown_only)
        if key not in module.constants:
            evaluator = Evaluator(self.within(module), budget)
            module.constants[key] = evaluator.value(module.assigned[name])
        return module.constants[key]

    def _function(self, expression: ast.expr) -> Any:
        """Return a function or module in the dataflow, or None if the expression is neither."""
        if isinstance(expression, ast.Name) and expression.id in self.module.functions:
            return self.functions.get((self.module.name, expression.id))
        origin, _, name = (self.module.full_name(expression) or "").rpartition(".")
        function = self.functions.get((origin.lstrip("."), name))
        full_name = ".".join(filter(None, (origin.lstrip("."), name)))
        return self._module(full_name) if function is None and full_name in self.modules and self.functions else function

    def _module(self, name: str) -> ModuleType:
        """Return a module object with the functions of a module in the dataflow."""
        module = ModuleType(name)
        vars(module).update({key: function for (origin, key), function in self.functions.items() if origin == name})
        return module

    def call(self, call: ast.Call, evaluator: Evaluator) -> Any:
        """Return the result of a binding helper or of a standard class: `source("price")`, `date(2026, 3, 10)`."""
        full_name = self.module.full_name(call.func) or ""
        if is_standard_call(full_name) and full_name.partition(".")[0] not in self.modules:
            return call_standard(full_name, *evaluator.arguments(call))
        name = headwater_name(self.module, call.func) or ""
        if name not in _BINDING_HELPERS:
            if self.is_shown_only:
                return dataclass_call(full_name, evaluator.arguments(call), self)
            raise UnknownValue
        if name in _ACCEPTS_ANY_VALUE:
            keywords = [
                keyword if keyword.arg is None else ast.keyword(keyword.arg, _constant_or_none(keyword.value, evaluator))
                for keyword in call.keywords
            ]
            arguments = [_constant_or_none(argument, evaluator) for argument in call.args] if name == "value" else call.args
            call = ast.Call(call.func, arguments, keywords)
        values, keyword_values = evaluator.arguments(call)
        return _BINDING_HELPERS[name](*values, **keyword_values)

    def call_method(self, owner: Any, call: ast.Call, evaluator: Evaluator) -> Any:
        """Return the result of a method of a step: `step(f).when(region="us")`."""
        assert isinstance(call.func, ast.Attribute)
        if not isinstance(owner, PipeStep) or call.func.attr not in _STEP_METHODS:
            raise UnknownValue
        values, keyword_values = evaluator.arguments(call)
        return getattr(owner, call.func.attr)(*values, **keyword_values)


def _constant_or_none(expression: ast.expr, evaluator: Evaluator) -> ast.expr:
    """Return the value of an expression as a constant. If it is unknown, return None, which is compatible with every type."""
    if isinstance(expression, ast.Starred):
        return expression
    try:
        value = evaluator.value(expression)
    except UnknownValue:
        value = None
    return ast.Constant(value)


def headwater_name(module: SourceModule, expression: ast.expr) -> str | None:
    """Return the decorator to which an expression refers, such as `tag` or `config.when`, or None for any other expression."""
    full_name = module.full_name(expression)
    if full_name is None:
        return None
    if full_name.partition(".")[0] != "headwater":
        if not any(star.partition(".")[0] == "headwater" for star in module.stars):
            return None
        full_name = f"headwater.{full_name}"
    *path, name = full_name.split(".")
    if not path:  # the package itself
        return None
    if path[-1] in _NAMESPACES:
        return f"{path[-1]}.{name}"
    return name


def _text(expression: ast.expr) -> str:
    try:
        return ast.unparse(expression)
    except RecursionError:
        return "..."
