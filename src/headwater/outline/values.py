"""Values as far as source text tells them: literals to what they say, everything else to its text."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final, ForwardRef

from headwater import modifiers
from headwater.modifiers.pipe import Step
from headwater.outline.annotations import written_type
from headwater.outline.module import SourceModule, followed

_MOST_PARTS: Final = 10_000
"""Parts of one expression that are followed: names may stand for one another for ever."""

_WORDS: Final[Mapping[str, Callable[..., Any]]] = {
    "ParameterizedExtract": modifiers.ParameterizedExtract,
    "apply_to": modifiers.apply_to,
    "configuration": modifiers.configuration,
    "group": modifiers.group,
    "source": modifiers.source,
    "step": modifiers.step,
    "value": modifiers.value,
}
"""What decorators are told with, by Headwater's names."""
_OPEN: Final = frozenset({"apply_to", "step", "value"})
"""Those of them that take any values; what only a run knows is read as None there, which is of every type."""
_STEPS: Final = frozenset({"named", "on_input", "on_output", "when", "when_in", "when_not", "when_not_in"})
"""The methods of steps."""

_NAMESPACES: Final = frozenset({"config", "load_from", "save_to", "schema"})
"""What decorators of several words begin with, as in `config.when`."""

_NUMBERS: Final[Mapping[str, float]] = {"math.inf": math.inf, "math.nan": math.nan, "math.pi": math.pi, "math.e": math.e}


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that only a run knows; shows itself as the expression that stands in the source."""

    text: str

    def __repr__(self) -> str:
        return self.text


class NotLiteralError(Exception):
    """The value of an expression cannot be told from the text alone."""


@dataclass(slots=True)
class Reader:
    """Reads the expressions of one module, following names to the constants that they stand for."""

    module: SourceModule
    modules: Mapping[str, SourceModule]
    """All modules of the dataflow, by name: a constant may be imported from one of them."""
    types: bool = False
    """True where a name that is nothing else may be a type, as in `extract_fields({"day": pd.Timestamp})`."""
    functions: Mapping[tuple[str, str], Callable[..., Any]] = field(default_factory=dict[tuple[str, str], Callable[..., Any]])
    """What stands for the functions of the dataflow's modules, by the names of the module and the function."""
    _parts: int = 0

    def value(self, expression: ast.expr) -> Any:
        """What an expression says.

        Raises:
            NotLiteralError: if it is not made of constants, names for such, types, functions of the dataflow, and the words
                that Headwater's decorators are told with (`value`, `source`, `step`, ...).
        """
        try:
            return self._value(expression)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise NotLiteralError from error

    def value_or_text(self, expression: ast.expr) -> Any:
        """What an expression says, or an `Unread` with its text."""
        try:
            return self.value(expression)
        except NotLiteralError:
            return Unread(_text(expression))

    def arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of a call.

        Raises:
            NotLiteralError: as `value` does.
        """
        try:
            return self._arguments(call)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise NotLiteralError from error

    def open_arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of a call that takes any values by keyword; what only a run knows is read as None.

        What ends in `_`, and where a value comes from (`source`, `configuration`), has to be there in the text.

        Raises:
            NotLiteralError: as `value` does.
        """
        try:
            return self._items(call.args), {
                name: one
                for keyword in call.keywords
                for name, one in (
                    self._value(keyword.value).items()
                    if keyword.arg is None
                    else [(keyword.arg, self._open(keyword.value, is_open=not keyword.arg.endswith("_")))]
                )
            }
        except (TypeError, ValueError, OverflowError, RecursionError, AttributeError) as error:
            raise NotLiteralError from error

    def _open(self, expression: ast.expr, *, is_open: bool) -> Any:
        is_word = isinstance(expression, ast.Call) and headwater_name(self.module, expression.func) in _WORDS
        return self._value_or_none(expression) if is_open and not is_word else self._value(expression)

    def _value(self, expression: ast.expr) -> Any:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise NotLiteralError
        match expression:
            case ast.Constant():
                return expression.value
            case ast.Tuple():
                return tuple(self._items(expression.elts))
            case ast.List():
                return self._items(expression.elts)
            case ast.Set():
                return set(self._items(expression.elts))
            case ast.Dict():
                return self._mapping(expression)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._value(operand)
            case ast.Call():
                return self._call(expression)
            case ast.Name() | ast.Attribute() | ast.Subscript() | ast.BinOp(op=ast.BitOr()):
                return self._named(expression)
            case _:
                raise NotLiteralError

    def _items(self, elements: list[ast.expr]) -> list[Any]:
        values: list[Any] = []
        for element in elements:
            if isinstance(element, ast.Starred):
                values.extend(self._value(element.value))
            else:
                values.append(self._value(element))
        return values

    def _mapping(self, expression: ast.Dict) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for key, value in zip(expression.keys, expression.values, strict=True):
            if key is None:
                values.update(self._value(value))
            else:
                values[self._value(key)] = self._value(value)
        return values

    def _arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        return self._items(call.args), self._keywords(call, self._value)

    def _keywords(self, call: ast.Call, read: Callable[[ast.expr], Any]) -> dict[str, Any]:
        keywords: dict[str, Any] = {}
        for keyword in call.keywords:
            if keyword.arg is None:
                keywords.update(self._value(keyword.value))
            else:
                keywords[keyword.arg] = read(keyword.value)
        return keywords

    def _named(self, expression: ast.expr) -> Any:
        assigned, module = followed(expression, self.module, self.modules)
        if not isinstance(assigned, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp):
            there = Reader(module, self.modules, self.types, self.functions, self._parts)
            value = there._value(assigned)
            self._parts = there._parts
            return value
        function = self._function(assigned, module)
        if function is not None:
            return function
        meaning = module.meaning(assigned) or ""
        if meaning in _NUMBERS:
            return _NUMBERS[meaning]
        type_ = written_type(assigned, module)
        if type_ is Any or (isinstance(type_, ForwardRef) and not self.types):
            raise NotLiteralError
        return type_

    def _value_or_none(self, expression: ast.expr) -> Any:
        """None, which is of every type, for a value that only a run knows."""
        try:
            return self._value(expression)
        except NotLiteralError:
            return None

    def _function(self, expression: ast.expr, module: SourceModule) -> Any:
        """What stands for a function or a module of the dataflow; None where the expression is neither."""
        if isinstance(expression, ast.Name) and expression.id in module.functions:
            return self.functions.get((module.name, expression.id))
        origin, _, name = (module.meaning(expression) or "").rpartition(".")
        found = self.functions.get((origin.lstrip("."), name))
        whole = ".".join(filter(None, (origin.lstrip("."), name)))
        return self._module(whole) if found is None and whole in self.modules and self.functions else found

    def _module(self, name: str) -> ModuleType:
        """A module that has what stands for the functions of the dataflow's module of this name."""
        module = ModuleType(name)
        vars(module).update({function: one for (origin, function), one in self.functions.items() if origin == name})
        return module

    def _call(self, call: ast.Call) -> Any:
        name = headwater_name(self.module, call.func) or ""
        if name in _WORDS:
            keywords = self._keywords(call, self._value_or_none if name in _OPEN else self._value)
            given = [self._value_or_none(one) for one in call.args] if name == "value" else self._items(call.args)
            return _WORDS[name](*given, **keywords)
        if isinstance(call.func, ast.Attribute) and call.func.attr in _STEPS:
            step = self._value(call.func.value)
            if isinstance(step, Step):
                arguments, keywords = self._arguments(call)
                return getattr(step, call.func.attr)(*arguments, **keywords)
        if self.module.meaning(call.func) == "float" and len(call.args) == 1 and not call.keywords:
            return float(self._value(call.args[0]))  # `float("inf")`
        raise NotLiteralError


def headwater_name(module: SourceModule, expression: ast.expr) -> str | None:
    """What of Headwater an expression stands for, as `headwater.modifiers` calls it: `tag`, `config.when`; else None."""
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
