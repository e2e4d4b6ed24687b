"""Values that source text determines: constant expressions, types, and the words of Headwater's decorators."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final, ForwardRef

from headwater import decorators
from headwater.decorators.catalog import ENTRIES, Usage
from headwater.decorators.pipe import PipeStep
from headwater.outline.annotations import UNKNOWN_TYPE, annotation_type
from headwater.outline.constant_values import Budget, UnknownValue
from headwater.outline.constants import Evaluator
from headwater.outline.module import SourceModule, assignment, may_export

_BINDING_HELPERS: Final[Mapping[str, Callable[..., Any]]] = {
    name: getattr(decorators, name) for name, entry in ENTRIES.items() if entry.usage is Usage.PART
}
"""What decorators are told with, by Headwater's names."""
_ACCEPTS_ANY_VALUE: Final = frozenset({"apply_to", "step", "value"})
"""Those of them that take any values; what only a run knows is read as None there, which is of every type."""
_STEP_METHODS: Final = frozenset({"named", "on_input", "on_output", "when", "when_in", "when_not", "when_not_in"})
"""The methods of steps."""

_NAMESPACES: Final = frozenset(name for name, entry in ENTRIES.items() if entry.usage in (Usage.NAMESPACE, Usage.BY_FORMAT))
"""What decorators of several words begin with, as in `config.when`."""

_NUMBERS: Final[Mapping[str, float]] = {"math.inf": math.inf, "math.nan": math.nan, "math.pi": math.pi, "math.e": math.e}


@dataclass(frozen=True, slots=True)
class UnevaluatedExpression:
    """A value that only a run knows; shows itself as the expression that stands in the source."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(slots=True)
class Reader:
    """Reads the expressions of one module, following names to the constants that they stand for.

    Its methods raise `UnknownValue` for an expression that is not made of constants, names for such, types, functions of the
    dataflow, and the words of Headwater's decorators (`value`, `source`, `step`, ...).
    """

    module: SourceModule
    modules: Mapping[str, SourceModule]
    """All modules of the dataflow, by name: a constant may be imported from one of them."""
    types: bool = False
    """True where a name that is nothing else may be a type, as in `extract_fields({"day": pd.Timestamp})`."""
    functions: Mapping[tuple[str, str], Callable[..., Any]] = field(default_factory=dict[tuple[str, str], Callable[..., Any]])
    """What stands for the functions of the dataflow's modules, by the names of the module and the function."""

    def value(self, expression: ast.expr) -> Any:
        """The value of an expression."""
        return self._evaluator().value(expression)

    def value_or_text(self, expression: ast.expr) -> Any:
        """The value of an expression, or an `UnevaluatedExpression` with its text."""
        if isinstance(expression, ast.Constant):
            return expression.value
        try:
            return self.value(expression)
        except UnknownValue:
            return UnevaluatedExpression(_text(expression))

    def arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of a call."""
        return self._evaluator().arguments(call)

    def partial_arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of a call that takes any values by keyword; what only a run knows is read as None.

        What ends in `_`, and where a value comes from (`source`, `configuration`), has to be there in the text.
        """
        evaluator = self._evaluator()
        values = [self._open(keyword, evaluator) for keyword in call.keywords]
        return evaluator.arguments(ast.Call(call.func, call.args, values))

    def _open(self, keyword: ast.keyword, evaluator: Evaluator) -> ast.keyword:
        """A keyword argument, its value replaced by None where only a run knows it."""
        is_word = isinstance(keyword.value, ast.Call) and headwater_name(self.module, keyword.value.func) in _BINDING_HELPERS
        if keyword.arg is None or keyword.arg.endswith("_") or is_word:
            return keyword
        return ast.keyword(keyword.arg, _constant_or_none(keyword.value, evaluator))

    def _evaluator(self) -> Evaluator:
        return Evaluator(self, Budget(parent=self.module.budget))

    # --- the context of constant expressions -----------------------------------------------------------------

    def is_builtin(self, name: str) -> bool:
        """Whether a name means Python's builtin in the module."""
        shadowed = any(may_export(star, name, self.modules) for star in self.module.stars)
        return name not in self.module.bound and not shadowed and not self.module.is_opaque

    def resolve(self, expression: ast.expr, budget: Budget) -> Any:
        """The value of a name or a type: a constant, a function or a module of the dataflow, a class."""
        if isinstance(expression, ast.Name | ast.Attribute):
            place = assignment(expression, self.module, self.modules)
            if place is not None:
                return self._constant(*place, budget)
            function = self._function(expression)
            if function is not None:
                return function
            meaning = self.module.meaning(expression) or ""
            if meaning in _NUMBERS:
                return _NUMBERS[meaning]
        type_ = annotation_type(expression, self.module, self.modules, budget)
        if type_ is Any or (isinstance(type_, ForwardRef) and not (self.types and type_ != UNKNOWN_TYPE)):
            raise UnknownValue
        return type_

    def _constant(self, module: SourceModule, name: str, budget: Budget) -> Any:
        if not module.is_constant(name):
            raise UnknownValue
        key = (name, self.types, bool(self.functions))
        if key not in module.constants:
            there = Evaluator(Reader(module, self.modules, self.types, self.functions), budget)
            module.constants[key] = there.value(module.assigned[name])
        return module.constants[key]

    def _function(self, expression: ast.expr) -> Any:
        """What stands for a function or a module of the dataflow; None where the expression is neither."""
        if isinstance(expression, ast.Name) and expression.id in self.module.functions:
            return self.functions.get((self.module.name, expression.id))
        origin, _, name = (self.module.meaning(expression) or "").rpartition(".")
        found = self.functions.get((origin.lstrip("."), name))
        whole = ".".join(filter(None, (origin.lstrip("."), name)))
        return self._module(whole) if found is None and whole in self.modules and self.functions else found

    def _module(self, name: str) -> ModuleType:
        """A module that has what stands for the functions of the dataflow's module of this name."""
        module = ModuleType(name)
        vars(module).update({function: one for (origin, function), one in self.functions.items() if origin == name})
        return module

    def call(self, call: ast.Call, evaluator: Evaluator) -> Any:
        """What a word of Headwater's decorators returns: `source("price")`."""
        name = headwater_name(self.module, call.func) or ""
        if name not in _BINDING_HELPERS:
            raise UnknownValue
        if name in _ACCEPTS_ANY_VALUE:
            keywords = [
                one if one.arg is None else ast.keyword(one.arg, _constant_or_none(one.value, evaluator))
                for one in call.keywords
            ]
            given = [_constant_or_none(one, evaluator) for one in call.args] if name == "value" else call.args
            call = ast.Call(call.func, given, keywords)
        positional, named = evaluator.arguments(call)
        return _BINDING_HELPERS[name](*positional, **named)

    def call_method(self, owner: Any, call: ast.Call, evaluator: Evaluator) -> Any:
        """What a method of a step returns: `step(f).when(region="us")`."""
        assert isinstance(call.func, ast.Attribute)
        if not isinstance(owner, PipeStep) or call.func.attr not in _STEP_METHODS:
            raise UnknownValue
        positional, named = evaluator.arguments(call)
        return getattr(owner, call.func.attr)(*positional, **named)


def _constant_or_none(expression: ast.expr, evaluator: Evaluator) -> ast.expr:
    """The value of an expression as a constant: None, which is of every type, where only a run knows it."""
    if isinstance(expression, ast.Starred):
        return expression
    try:
        value = evaluator.value(expression)
    except UnknownValue:
        value = None
    return ast.Constant(value)


def headwater_name(module: SourceModule, expression: ast.expr) -> str | None:
    """What of Headwater an expression stands for, as `headwater.decorators` calls it: `tag`, `config.when`; else None."""
    meaning = module.meaning(expression)
    if meaning is None:
        return None
    if meaning.partition(".")[0] != "headwater":
        if not any(star.partition(".")[0] == "headwater" for star in module.stars):
            return None
        meaning = f"headwater.{meaning}"
    *way, name = meaning.split(".")
    if way[-1] in _NAMESPACES:
        return f"{way[-1]}.{name}"
    return name


def _text(expression: ast.expr) -> str:
    try:
        return ast.unparse(expression)
    except RecursionError:
        return "..."
