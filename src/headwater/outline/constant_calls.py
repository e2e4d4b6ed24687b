"""The builtin functions and methods that constant expressions may call."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, Final, Literal, Protocol

from headwater.outline.constant_values import (
    CONTAINERS,
    INTEGERS,
    NUMBERS,
    SCALARS,
    SEQUENCES,
    Budget,
    UnknownValue,
    check_length,
    check_spec,
    of_type,
)

SetOrder = Literal["refused", "sorted", "any"]
"""How to iterate over a set, whose order differs between runs: raise an error, sort it, or use any order."""


class ArgumentEvaluator(Protocol):
    """An evaluator for the arguments of a call. Its methods raise `UnknownValue` if the text does not determine a value."""

    @property
    def budget(self) -> Budget:
        """The budget for the evaluation."""
        ...

    def value(self, expression: ast.expr) -> Any:
        """Return the value of an expression."""
        ...

    def items(self, elements: Iterable[ast.expr]) -> Iterator[Any]:
        """Yield the values of positional arguments or elements. Starred expressions are unpacked."""
        ...

    def keywords(self, keywords: Iterable[ast.keyword]) -> dict[str, Any]:
        """Return the values of keyword arguments."""
        ...

    def key(self, value: Any) -> Any:
        """Return the value, after checking that it can be a dictionary key or a set item."""
        ...

    def iterate(self, expression: ast.expr, sets: SetOrder = "refused") -> Iterator[Any]:
        """Yield the items of an expression's value."""
        ...

    def iterate_value(self, value: Any, sets: SetOrder = "refused") -> Iterator[Any]:
        """Yield the items of a value."""
        ...

    def truth(self, value: Any) -> bool:
        """Return whether a value is truthy."""
        ...

    def is_builtin(self, name: str) -> bool:
        """Return whether a name refers to the builtin of that name."""
        ...


_MAX_DIGITS: Final = 400

_TEXT_METHODS: Final = frozenset(
    {"capitalize", "casefold", "center", "count", "endswith", "find", "format", "index", "isalnum", "isalpha", "isascii"}
    | {
        "isdecimal",
        "isdigit",
        "isidentifier",
        "islower",
        "isnumeric",
        "isspace",
        "istitle",
        "isupper",
        "join",
        "ljust",
        "lower",
    }
    | {"lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit"}
    | {"rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill"}
)
METHODS: Final[Mapping[type, frozenset[str]]] = {
    str: _TEXT_METHODS,
    dict: frozenset({"copy", "get"}),
    list: frozenset({"copy", "count", "index"}),
    tuple: frozenset({"count", "index"}),
}
"""The methods that may be called, keyed by the type of the object. None of these methods changes the object."""
_PADDING: Final = frozenset({"center", "ljust", "rjust", "zfill"})


def is_function(name: str) -> bool:
    """Return whether a builtin of this name can be called."""
    return name in _SCALAR_FUNCTIONS or name in _FUNCTIONS


def call_function(name: str, call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
    """Return the result of a builtin function."""
    if name in _FUNCTIONS:
        return _FUNCTIONS[name](call, evaluator)
    if call.keywords:
        raise UnknownValue
    return _SCALAR_FUNCTIONS[name](*evaluator.items(call.args))


def iterator_of(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Any] | None:
    """Return the iterator from a call such as `zip(...)`, or None for other calls."""
    if isinstance(call.func, ast.Name) and call.func.id in _ITERATORS and evaluator.is_builtin(call.func.id):
        items: Iterator[Any] = _ITERATORS[call.func.id](call, evaluator)
        return items
    return None


def call_method(owner: Any, call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
    """Return the result of a method call on plain data."""
    assert isinstance(call.func, ast.Attribute)
    name = call.func.attr
    if name not in METHODS[type(owner)]:
        raise UnknownValue
    if name == "join":
        return _joined(owner, call, evaluator)
    arguments, keywords = list(evaluator.items(call.args)), evaluator.keywords(call.keywords)
    if type(owner) is dict:
        keys = arguments[:1] if name == "get" else []
        return getattr(owner, name)(*map(evaluator.key, keys), *arguments[len(keys) :], **keywords)
    evaluator.budget.charge([owner, arguments, keywords], plain=name != "copy")
    if name == "format":
        _check_template(owner, arguments, keywords)
    elif name in _PADDING:
        check_length(of_type(arguments[0], INTEGERS))
    elif name == "replace":
        old, new = (of_type(text, frozenset({str})) for text in arguments[:2])
        check_length(len(owner) + owner.count(old) * len(new))
    return getattr(owner, name)(*arguments, **keywords)


def _joined(separator: str, call: ast.Call, evaluator: ArgumentEvaluator) -> str:
    texts = [of_type(text, frozenset({str})) for text in evaluator.iterate(_argument(call))]
    check_length(sum(map(len, texts)) + len(separator) * len(texts))
    return separator.join(texts)


def _check_template(template: str, arguments: list[Any], keywords: dict[str, Any]) -> None:
    """Raise `UnknownValue` for a `str.format` template that accesses attributes (`{0.real}`) or creates an overlong string."""
    values = [of_type(value, SCALARS) for value in (*arguments, *keywords.values())]
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    length = len(template)
    for _, name, spec, _ in Formatter().parse(template):
        if name is not None:
            if not (name.isidentifier() or name.isdigit() or name == "") or "{" in (spec or ""):
                raise UnknownValue
            check_spec(spec or "")
            length += longest
    check_length(length)


# --- functions --------------------------------------------------------------------------------------------------------


def _argument(call: ast.Call, *, keywords: frozenset[str] = frozenset()) -> ast.expr:
    """Return the only positional argument. Raise `UnknownValue` if there are others, or keywords that are not in `keywords`."""
    if (
        len(call.args) != 1
        or isinstance(call.args[0], ast.Starred)
        or not {keyword.arg for keyword in call.keywords} <= keywords
    ):
        raise UnknownValue
    return call.args[0]


def _len(call: ast.Call, evaluator: ArgumentEvaluator) -> int:
    argument = _argument(call)
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr in _VIEWS:
        return len(list(evaluator.iterate(argument)))
    return len(of_type(evaluator.value(argument), CONTAINERS))


def _range(call: ast.Call, evaluator: ArgumentEvaluator) -> range:
    if call.keywords:
        raise UnknownValue
    return range(*(of_type(bound, INTEGERS) for bound in evaluator.items(call.args)))


def _collected(kind: type[list[Any] | tuple[Any, ...]]) -> _Function:
    def collect(call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
        return kind(evaluator.iterate(_argument(call)) if call.args or call.keywords else ())

    return collect


def _set_of(kind: type[set[Any] | frozenset[Any]]) -> _Function:
    def collect(call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
        items = evaluator.iterate(_argument(call), "any") if call.args or call.keywords else iter(())
        return kind(map(evaluator.key, items))

    return collect


def _dict(call: ast.Call, evaluator: ArgumentEvaluator) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    if call.args:
        (argument,) = call.args
        if isinstance(argument, ast.Starred):
            raise UnknownValue
        value = None if _is_iterator(argument) else evaluator.value(argument)
        if type(value) is dict:
            result.update(value)
        else:
            pairs = evaluator.iterate(argument) if _is_iterator(argument) else evaluator.iterate_value(value)
            for pair in pairs:
                key, item = evaluator.iterate_value(pair)
                result[evaluator.key(key)] = item
    result.update(evaluator.keywords(call.keywords))
    return result


def _is_iterator(expression: ast.expr) -> bool:
    if isinstance(expression, ast.GeneratorExp):
        return True
    if not isinstance(expression, ast.Call):
        return False
    function = expression.func
    return function.attr in _VIEWS if isinstance(function, ast.Attribute) else getattr(function, "id", "") in _ITERATORS


def _sorted(call: ast.Call, evaluator: ArgumentEvaluator) -> list[Any]:
    argument = _argument(call, keywords=frozenset({"key", "reverse"}))
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    key = _key_function(options.get("key"), evaluator)
    reverse = evaluator.truth(evaluator.value(options["reverse"])) if "reverse" in options else False
    items = evaluator.budget.charge(list(evaluator.iterate(argument, "refused" if key else "sorted")), plain=True)
    evaluator.budget.spend(len(items) * len(items).bit_length())
    return sorted(items, key=key, reverse=reverse)


def _key_function(expression: ast.expr | None, evaluator: ArgumentEvaluator) -> Callable[[Any], Any] | None:
    if expression is None or (isinstance(expression, ast.Constant) and expression.value is None):
        return None
    if isinstance(expression, ast.Name) and expression.id in _SCALAR_FUNCTIONS and evaluator.is_builtin(expression.id):
        return _SCALAR_FUNCTIONS[expression.id]
    raise UnknownValue


def _extreme(choose: Callable[..., Any]) -> _Function:
    def chosen(call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
        if len(call.args) == 1 and not isinstance(call.args[0], ast.Starred):
            argument = _argument(call, keywords=frozenset({"default"}))
            keywords = evaluator.keywords(call.keywords)
            items = list(evaluator.iterate(argument, "sorted"))
        elif call.keywords:
            raise UnknownValue
        else:
            keywords = {}
            items = list(evaluator.items(call.args))
            if len(items) == 1:
                items = list(evaluator.iterate_value(items[0], "sorted"))
        return choose(evaluator.budget.charge(items, plain=True), **keywords)

    return chosen


def _sum(call: ast.Call, evaluator: ArgumentEvaluator) -> Any:
    if not 1 <= len(call.args) <= 2 or any(isinstance(argument, ast.Starred) for argument in call.args):
        raise UnknownValue
    items = list(evaluator.iterate(call.args[0]))
    start = [evaluator.value(argument) for argument in call.args[1:]]
    keywords = evaluator.keywords(call.keywords)
    first = [*start, *keywords.values()] or [0]
    kinds = {type(item) for item in (*items, *first)}
    if kinds <= NUMBERS:
        return sum(items, *start, **keywords)
    if kinds not in ({list}, {tuple}):
        raise UnknownValue
    evaluator.budget.spend(sum(map(len, items)) * len(items))  # each addition copies the result so far
    return sum(items, *start, **keywords)


def _quantified(until: bool) -> _Function:
    def decided(call: ast.Call, evaluator: ArgumentEvaluator) -> bool:
        for item in evaluator.iterate(_argument(call), "sorted"):
            if evaluator.truth(item) is until:
                return until
        return not until

    return decided


# --- functions of scalars ---------------------------------------------------------------------------------------------


def _of_scalars(function: Callable[..., Any]) -> Callable[..., Any]:
    def compute(*values: Any) -> Any:
        return function(*(of_type(value, SCALARS) for value in values))

    return compute


def _len_of(value: Any) -> int:
    return len(of_type(value, CONTAINERS))


def _round(value: Any, digits: Any = None) -> Any:
    if type(digits) is int and abs(digits) > _MAX_DIGITS:
        raise UnknownValue
    return round(of_type(value, NUMBERS), digits)


# --- iterators --------------------------------------------------------------------------------------------------------


def _iterables(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Iterator[Any]]:
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            yield from map(evaluator.iterate_value, evaluator.iterate(argument.value))
        else:
            yield evaluator.iterate(argument)


def _zip(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Any]:
    keywords = evaluator.keywords(call.keywords)
    strict = {name: evaluator.truth(value) for name, value in keywords.items()}
    items: Iterator[Any] = zip(*_iterables(call, evaluator), **strict)  # noqa: B905 - `strict` comes from the call
    return items


def _enumerate(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Any]:
    if not 1 <= len(call.args) <= 2 or any(isinstance(argument, ast.Starred) for argument in call.args):
        raise UnknownValue
    start = [of_type(evaluator.value(argument), INTEGERS) for argument in call.args[1:]]
    keywords = {name: of_type(value, INTEGERS) for name, value in evaluator.keywords(call.keywords).items()}
    return enumerate(evaluator.iterate(call.args[0]), *start, **keywords)


def _reversed(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Any]:
    value = evaluator.value(_argument(call))
    return iter(list(evaluator.iterate_value(of_type(value, SEQUENCES | {dict})))[::-1])


def _map(call: ast.Call, evaluator: ArgumentEvaluator) -> Iterator[Any]:
    if len(call.args) != 2 or call.keywords or isinstance(call.args[1], ast.Starred):
        raise UnknownValue
    function = _key_function(call.args[0], evaluator)
    if function is None:
        raise UnknownValue
    items = evaluator.iterate(call.args[1])
    return (function(item) for item in items)


_Function = Callable[[ast.Call, ArgumentEvaluator], Any]
_VIEWS: Final = frozenset({"items", "keys", "values"})
_FUNCTIONS: Final[Mapping[str, _Function]] = {
    "all": _quantified(until=False),
    "any": _quantified(until=True),
    "dict": _dict,
    "frozenset": _set_of(frozenset),
    "len": _len,
    "list": _collected(list),
    "max": _extreme(max),
    "min": _extreme(min),
    "range": _range,
    "set": _set_of(set),
    "sorted": _sorted,
    "sum": _sum,
    "tuple": _collected(tuple),
}
_SCALAR_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    **{function.__name__: _of_scalars(function) for function in (abs, bool, chr, float, int, ord, repr, str)},
    "len": _len_of,
    "round": _round,
}
_ITERATORS: Final[Mapping[str, _Function]] = {"enumerate": _enumerate, "map": _map, "reversed": _reversed, "zip": _zip}
