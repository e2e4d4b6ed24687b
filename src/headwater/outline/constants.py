"""Constant expressions, evaluated from their syntax: displays, comprehensions, f-strings, operators, functions, methods.

No user code runs. Either the result is exactly the value that Python would compute, or `UnknownValue` is raised. Every step
and every part of a value is counted. The value of hostile text (`"x" * 10**9`, `10**10**10`) is therefore unknown after a fixed
amount of work.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

from headwater.outline.constant_calls import METHODS, SetOrder, call_function, call_method, is_function, iterator_of
from headwater.outline.constant_operators import binary, compare, unary
from headwater.outline.constant_values import (
    INTEGERS,
    NUMBERS,
    PLAIN,
    SCALARS,
    SEQUENCES,
    SETS,
    Budget,
    UnknownValue,
    format_scalar,
    is_type,
    of_type,
)

_UNBOUND: Final = object()
_UNKNOWN: Final = object()
_VIEWS: Final = frozenset({"items", "keys", "values"})

_FAULTS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""The exceptions that evaluating an invalid expression may raise."""

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class ModuleContext(Protocol):
    """The module around an expression. The methods raise `UnknownValue` if the text does not determine a value."""

    def is_builtin(self, name: str) -> bool:
        """Return whether a name refers to the builtin of that name."""
        ...

    def resolve(self, expression: ast.expr, budget: Budget) -> Any:
        """Return the value of a name, a dotted name, or a type."""
        ...

    def call(self, call: ast.Call, evaluator: Evaluator) -> Any:
        """Return the result of calling a name that is not a builtin."""
        ...

    def call_method(self, owner: Any, call: ast.Call, evaluator: Evaluator) -> Any:
        """Return the result of a method of a value that is not plain data."""
        ...


@dataclass(slots=True)
class Evaluator:
    """An evaluator of expressions in one module. The methods raise `UnknownValue` if the text does not determine a value."""

    context: ModuleContext
    budget: Budget = field(default_factory=Budget)
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    """The variables of the comprehensions around the expression."""

    def value(self, expression: ast.expr) -> Any:
        """Return the value of an expression."""
        try:
            self.budget.enter()
            return self._value(expression)
        except _FAULTS as error:
            raise UnknownValue from error
        finally:
            self.budget.leave()

    def arguments(self, call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of a call."""
        try:
            return list(self.items(call.args)), self.keywords(call.keywords)
        except _FAULTS as error:
            raise UnknownValue from error

    def _value(self, expression: ast.expr) -> Any:  # noqa: C901, PLR0912 - one case for each kind of expression
        match expression:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name) if name in self.variables:
                return self._variable(name)
            case ast.Name() | ast.Attribute():
                return self._module_value(expression)
            case ast.Tuple(elts=elements):
                return self.budget.charge(tuple(self.items(elements)))
            case ast.List(elts=elements):
                return self.budget.charge(list(self.items(elements)))
            case ast.Set(elts=elements):
                return self.budget.charge({self.key(element) for element in self.items(elements)})
            case ast.Dict(keys=keys, values=values):
                return self.budget.charge(self._dictionary(keys, values))
            case ast.ListComp(elt=element):
                inner, rounds = self._rounds(expression)
                return self.budget.charge([inner.value(element) for _ in rounds])
            case ast.SetComp(elt=element):
                inner, rounds = self._rounds(expression)
                return self.budget.charge({inner.key(inner.value(element)) for _ in rounds})
            case ast.DictComp(key=key, value=value):
                inner, rounds = self._rounds(expression)
                return self.budget.charge({inner.key(inner.value(key)): inner.value(value) for _ in rounds})
            case ast.JoinedStr():
                return self.budget.charge(self._text(expression))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.truth(self.value(operand))
            case ast.UnaryOp(op=sign, operand=operand):
                return unary(sign, self.value(operand))
            case ast.BinOp():
                return self._binary(expression)
            case ast.BoolOp(op=sign, values=parts):
                return self._either(parts, until=isinstance(sign, ast.Or))
            case ast.Compare():
                return self._compare(expression)
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                return self.value(body if self.truth(self.value(test)) else otherwise)
            case ast.Subscript():
                return self._subscript(expression)
            case ast.Call():
                return self._call(expression)
            case _:
                raise UnknownValue

    # --- names ----------------------------------------------------------------------------------------------------

    def _variable(self, name: str) -> Any:
        value = self.variables[name]
        if value is _UNBOUND:
            raise UnknownValue
        return value

    def _module_value(self, expression: ast.expr) -> Any:
        """Return the value of a name or a type in the module. The expression must not contain variables of a comprehension."""
        if self.variables and any(isinstance(part, ast.Name) and part.id in self.variables for part in ast.walk(expression)):
            raise UnknownValue
        return self.context.resolve(expression, self.budget)

    def _value_or_unknown(self, expression: ast.expr) -> Any:
        """Return the value of an operand. If it is unknown, return `_UNKNOWN`, because the operand may be part of a type."""
        try:
            return self.value(expression)
        except UnknownValue:
            return _UNKNOWN

    def is_builtin(self, name: str) -> bool:
        """Return whether a name refers to the builtin of that name."""
        return name not in self.variables and self.context.is_builtin(name)

    # --- several parts --------------------------------------------------------------------------------------------

    def items(self, elements: Iterable[ast.expr]) -> Iterator[Any]:
        """Yield the values of expressions. Starred expressions are unpacked."""
        for element in elements:
            if isinstance(element, ast.Starred):
                yield from self.iterate(element.value)
            else:
                yield self.value(element)

    def keywords(self, keywords: Iterable[ast.keyword]) -> dict[str, Any]:
        """Return the keyword arguments of a call."""
        values: dict[str, Any] = {}
        for keyword in keywords:
            added = self.mapping(keyword.value) if keyword.arg is None else {keyword.arg: self.value(keyword.value)}
            if values.keys() & added.keys() or not all(isinstance(name, str) for name in added):
                raise UnknownValue
            values.update(added)
        return values

    def mapping(self, expression: ast.expr) -> dict[Any, Any]:
        """Return the value of an expression after `**`."""
        return cast("dict[Any, Any]", of_type(self.value(expression), frozenset({dict})))

    def _dictionary(self, keys: Sequence[ast.expr | None], values: Sequence[ast.expr]) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key, value in zip(keys, values, strict=True):
            if key is None:
                result.update(self.mapping(value))
            else:
                result[self.key(self.value(key))] = self.value(value)
        return result

    def key(self, value: Any) -> Any:
        """Return the value, after checking that it can be a dictionary key or a set item."""
        return value if is_type(value) else self.budget.charge(value, plain=True)

    def _rounds(self, expression: Comprehension) -> tuple[Evaluator, Iterator[None]]:
        """Return an evaluator for the inside of a comprehension, and an iterator that assigns its loop variables."""
        first = self.iterate(expression.generators[0].iter)  # evaluated outside the comprehension, as in Python
        targets = (part for generator in expression.generators for part in ast.walk(generator.target))
        variables = {part.id: _UNBOUND for part in targets if isinstance(part, ast.Name)}
        inner = Evaluator(self.context, self.budget, {**self.variables, **variables})
        return inner, inner.iterate_rounds(expression.generators, first)

    def iterate_rounds(self, generators: Sequence[ast.comprehension], items: Iterator[Any]) -> Iterator[None]:
        """Run a comprehension's loops. The first loop iterates over the given items. Yield once per iteration."""
        generator, *rest = generators
        if generator.is_async:
            raise UnknownValue
        for item in items:
            self._bind(generator.target, item)
            if all(self.truth(self.value(test)) for test in generator.ifs):
                if rest:
                    yield from self.iterate_rounds(rest, self.iterate(rest[0].iter))
                else:
                    yield

    def _bind(self, target: ast.expr, value: Any) -> None:
        match target:
            case ast.Name(id=name):
                self.variables[name] = value
            case ast.Tuple(elts=parts) | ast.List(elts=parts) if not any(isinstance(part, ast.Starred) for part in parts):
                values = list(self.iterate_value(value))
                for part, item in zip(parts, values, strict=True):
                    self._bind(part, item)
            case _:
                raise UnknownValue

    def iterate(self, expression: ast.expr, sets: SetOrder = "refused") -> Iterator[Any]:
        """Iterate over the value of an expression.

        Only this method evaluates calls that return iterators, such as `zip(...)`.
        """
        match expression:
            case ast.GeneratorExp(elt=element):
                inner, rounds = self._rounds(expression)
                return (inner.value(element) for _ in rounds)
            case ast.Call(func=ast.Attribute(value=owner, attr=view), args=[], keywords=[]) if view in _VIEWS:
                return iter(list(getattr(of_type(self.value(owner), frozenset({dict})), view)()))
            case ast.Call():
                iterator = iterator_of(expression, self)
                return self.iterate_value(self.value(expression), sets) if iterator is None else iterator
            case _:
                return self.iterate_value(self.value(expression), sets)

    def iterate_value(self, value: Any, sets: SetOrder = "refused") -> Iterator[Any]:
        """Iterate over a value. Each item costs one step of the budget."""
        if type(value) in SETS and len(value) > 1 and sets != "any":
            if sets == "refused" or not _sorts_one_way(value):
                raise UnknownValue
            value = sorted(value)
        return self._counted(of_type(value, SEQUENCES | SETS | {dict}))

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.budget.spend()
            yield item

    # --- f-strings ------------------------------------------------------------------------------------------------

    def _text(self, expression: ast.expr | None) -> str:
        if expression is None:
            return ""
        assert isinstance(expression, ast.JoinedStr)
        return "".join(map(self._piece, expression.values))

    def _piece(self, part: ast.expr) -> str:
        if isinstance(part, ast.Constant):
            return str(part.value)
        if not isinstance(part, ast.FormattedValue):
            raise UnknownValue
        value = of_type(self.value(part.value), SCALARS)
        match part.conversion:
            case 115:  # !s
                value = str(value)
            case 114:  # !r
                value = repr(value)
            case 97:  # !a
                value = ascii(value)
            case _:
                pass
        return format_scalar(value, self._text(part.format_spec))

    # --- operators ------------------------------------------------------------------------------------------------

    def _binary(self, expression: ast.BinOp) -> Any:
        left, right = self._value_or_unknown(expression.left), self._value_or_unknown(expression.right)
        if isinstance(expression.op, ast.BitOr) and not (type(left) in PLAIN and type(right) in PLAIN):
            return self._module_value(expression)  # `int | None`
        return self.budget.charge(binary(expression.op, left, right))

    def truth(self, value: Any) -> bool:
        """Return whether a value is truthy."""
        return bool(of_type(value, PLAIN))

    def _either(self, parts: Sequence[ast.expr], *, until: bool) -> Any:
        for part in parts[:-1]:
            value = self.value(part)
            if self.truth(value) is until:
                return value
        return self.value(parts[-1])

    def _compare(self, expression: ast.Compare) -> bool:
        left = self.value(expression.left)
        for sign, following in zip(expression.ops, expression.comparators, strict=True):
            if isinstance(sign, ast.In | ast.NotIn):
                right = self._container(following)
                result = self._contains(left, right) is isinstance(sign, ast.In)
            else:
                right = self.value(following)
                result = self._holds(sign, left, right)
            if not result:
                return False
            left = right
        return True

    def _holds(self, sign: ast.cmpop, left: Any, right: Any) -> bool:
        for side in (left, right):
            self.budget.charge(side, plain=True)
        if isinstance(sign, ast.Is | ast.IsNot):
            if not any(side is singleton for side in (left, right) for singleton in (None, True, False)):
                raise UnknownValue  # whether equal values are identical depends on the Python implementation
            return (left is right) is isinstance(sign, ast.Is)
        return compare(sign, left, right)

    def _container(self, expression: ast.expr) -> Any:
        match expression:
            case ast.Call(func=ast.Attribute(attr="keys", value=owner), args=[], keywords=[]):
                return of_type(self.value(owner), frozenset({dict}))
            case ast.Call(func=ast.Attribute(attr="values", value=owner), args=[], keywords=[]):
                return list(of_type(self.value(owner), frozenset({dict})).values())
            case _:
                return self.value(expression)

    def _contains(self, item: Any, container: Any) -> bool:
        self.budget.charge(item, plain=True)
        if type(container) is range:
            of_type(item, INTEGERS)  # for other items, Python compares every number in the range
        self.budget.charge(container, plain=True)
        return item in of_type(container, SEQUENCES | SETS | {dict})

    def _subscript(self, expression: ast.Subscript) -> Any:
        owner = self._value_or_unknown(expression.value)
        if type(owner) is dict:
            return owner[self.key(self.value(expression.slice))]
        if type(owner) not in SEQUENCES:
            return self._module_value(expression)  # `list[int]`
        if not isinstance(expression.slice, ast.Slice):
            return owner[of_type(self.value(expression.slice), INTEGERS)]
        bounds = (expression.slice.lower, expression.slice.upper, expression.slice.step)
        return self.budget.charge(owner[slice(*[None if bound is None else self.value(bound) for bound in bounds])])

    # --- calls ----------------------------------------------------------------------------------------------------

    def _call(self, call: ast.Call) -> Any:
        match call.func:
            case ast.Name(id=name) if is_function(name) and self.is_builtin(name):
                return self.budget.charge(call_function(name, call, self))
            case ast.Attribute(value=ast.Name() | ast.Attribute() as owner):
                object_ = self._value_or_unknown(owner)
            case ast.Attribute(value=owner):
                object_ = self.value(owner)
            case _:
                object_ = _UNKNOWN
        if type(object_) in METHODS:
            return self.budget.charge(call_method(object_, call, self))
        if object_ is _UNKNOWN or is_type(object_):
            if self.variables and any(isinstance(part, ast.Name) and part.id in self.variables for part in ast.walk(call.func)):
                raise UnknownValue
            return self.context.call(call, self)
        return self.context.call_method(object_, call, self)


def _sorts_one_way(values: Iterable[Any]) -> bool:
    """Return whether sorting a set of these values always gives the same order."""
    kinds = {type(value) for value in values}
    return kinds == {str} or (kinds <= NUMBERS and all(value == value for value in values))  # noqa: PLR0124 - NaN differs from itself
