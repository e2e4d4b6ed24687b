"""Headwater's decorators, applied to functions in source text with the arguments that the text determines.

Headwater's decorators only attach themselves to a function. This module calls them with a `SourceFunction` instead of a
function, and they report invalid arguments as they do in a run. Decorators from other libraries are ignored.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import SimpleNamespace
from typing import Any, Final, ForwardRef, cast

from headwater import decorators
from headwater.decorators.catalog import ENTRIES, DecoratorEntry, Usage
from headwater.decorators.protocol import attach, attachments_of, missing_call_error
from headwater.errors import HeadwaterError
from headwater.graph.operation import REQUIRED
from headwater.introspection.source_location import SourceLocation
from headwater.outline.config_parameters import ConfigOnlyDecorator, config_parameters
from headwater.outline.constant_values import UnknownValue
from headwater.outline.diagnostics import Diagnostic, OutlineWarning
from headwater.outline.module import FunctionNode, SourceModule, assignment, follow_assignments
from headwater.outline.source_condition import SourceCondition
from headwater.outline.values import ExpressionReader, headwater_name


def _decorator(entry: DecoratorEntry) -> Callable[..., Any]:
    """Return the decorator that a catalog entry names.

    Decorators that load and save are imported only if a source uses one of them.
    """
    name, _, member = entry.name.partition(".")
    if entry.usage is Usage.EITHER:
        return partial(_import_late, name)
    decorator = getattr(decorators, name)
    return cast("Callable[..., Any]", getattr(decorator, member) if member else decorator)


def _import_late(name: str, *arguments: Any) -> Any:
    return getattr(decorators, name)(*arguments)


_DECORATORS: Final = {
    name: _decorator(entry)
    for name, entry in ENTRIES.items()
    if entry.usage in (Usage.CALLED, Usage.BARE, Usage.EITHER) and not entry.decides
}
_TRANSPARENT: Final = frozenset(
    {"functools.cache", "functools.lru_cache", "typing.final", "typing.no_type_check", "typing.override"}
    | {"typing_extensions.deprecated", "typing_extensions.final", "typing_extensions.override", "warnings.deprecated"}
)
"""Decorators from the standard library that preserve a function's name and signature."""

_SCHEMAS: Final = {
    "schema": type("Schema", (), {"__module__": "pandera"}),
    "model": type("Model", (), {"__module__": "pydantic"}),
}


class SourceFunction:
    """A function in source text, to which decorators attach themselves. It cannot be called."""

    def __init__(self, function: FunctionNode, module: SourceModule) -> None:
        first_line = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        self.__name__ = function.name
        self.__qualname__ = function.name
        self.__module__ = module.name
        self.__doc__ = ast.get_docstring(function)
        flags = inspect.CO_COROUTINE if isinstance(function, ast.AsyncFunctionDef) else 0
        self.__code__ = SimpleNamespace(co_filename=module.file, co_firstlineno=first_line, co_flags=flags)
        self.source = function
        self.module = module
        self.first_line = first_line
        self.is_uncertain = module.is_opaque or function.name in module.conditional
        """Whether the function may be different in a run."""

    @property
    def __signature__(self) -> inspect.Signature:
        """The signature that `inspect.signature` returns. Computed on demand, because few decorators need it."""
        return _signature(self.source)

    def __call__(self, *_: object, **__: object) -> None:
        """Raise an error. The method exists only because decorators require a callable."""
        raise NotImplementedError(f"`{self.__name__}` was read from source text, not imported, so it cannot be called.")


def _signature(function: FunctionNode) -> inspect.Signature:
    """Return a function's signature, without annotations and with None for every default."""
    arguments = function.args
    required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    kinds = [
        *((argument, inspect.Parameter.POSITIONAL_ONLY) for argument in arguments.posonlyargs),
        *((argument, inspect.Parameter.POSITIONAL_OR_KEYWORD) for argument in arguments.args),
    ]
    empty = inspect.Parameter.empty
    parameters = [
        inspect.Parameter(argument.arg, kind, default=empty if position < required else None)
        for position, (argument, kind) in enumerate(kinds)
    ]
    if arguments.vararg:
        parameters.append(inspect.Parameter(arguments.vararg.arg, inspect.Parameter.VAR_POSITIONAL))
    parameters += [
        inspect.Parameter(argument.arg, inspect.Parameter.KEYWORD_ONLY, default=empty if default is None else None)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        parameters.append(inspect.Parameter(arguments.kwarg.arg, inspect.Parameter.VAR_KEYWORD))
    return inspect.Signature(parameters)


@dataclass(frozen=True, slots=True)
class AlwaysIncluded:
    """A replacement for a condition with unknown values. It always holds, so the graph shows the function."""

    name: str
    keys: frozenset[str] = frozenset()
    is_fallback: bool = False

    def holds(self, config: Mapping[str, Any]) -> bool:
        """Return True for any config."""
        del config
        return True


SourceFunctions = Mapping[tuple[str, str], SourceFunction]
"""Functions, keyed by module name and function name."""


def decorate(
    source_function: SourceFunction,
    function: FunctionNode,
    module: SourceModule,
    modules: Mapping[str, SourceModule],
    source_functions: SourceFunctions,
) -> list[Diagnostic]:
    """Attach a function's decorators to its `SourceFunction`. Return the problems with the decorators."""
    diagnostics: list[Diagnostic] = []
    for decorator in reversed(function.decorator_list):  # like Python, apply the innermost decorator first
        expression, origin = follow_assignments(decorator, module, modules)
        callee = expression.func if isinstance(expression, ast.Call) else expression
        name = headwater_name(origin, callee)
        if name is None:
            source_function.is_uncertain = source_function.is_uncertain or origin.full_name(callee) not in _TRANSPARENT
            continue
        location = SourceLocation(module.file, decorator.lineno)
        reader = ExpressionReader(origin, modules, functions=source_functions)
        entry = ENTRIES.get(name, DecoratorEntry(name))
        unevaluated = Diagnostic(_unevaluated_warning(entry, source_function, location), location, decorator.col_offset + 1)
        try:
            _check_name(decorator, module, modules)
            if name == SourceCondition.name and isinstance(expression, ast.Call):
                attach(SourceCondition.read(expression, reader, unevaluated), source_function)
            else:
                _apply(name, expression, source_function, reader)
        except UnknownValue:
            source_function.is_uncertain = True
            if entry.decides:
                attach(
                    ConfigOnlyDecorator(name, config_parameters(expression, reader, None if entry.is_condition else REQUIRED)),
                    source_function,
                )
            diagnostics.append(unevaluated)
            if entry.is_condition:
                attach(AlwaysIncluded(name), source_function)
            if name == "mutate":
                module.is_uncertain = True  # `mutate` changes other functions
        except (HeadwaterError, TypeError, ValueError, RecursionError) as error:
            diagnostics.append(Diagnostic(error, location, decorator.col_offset + 1, node=function.name))
        else:
            module.is_uncertain = module.is_uncertain or (name == "mutate" and source_function.is_uncertain)
    return diagnostics


def _check_name(decorator: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule]) -> None:
    """Raise an error for a decorator whose name is assigned more than once."""
    if isinstance(decorator, ast.Name | ast.Attribute):
        assigned = assignment(decorator, module, modules)
        if assigned is not None and not assigned[0].is_constant(assigned[1]):
            raise UnknownValue


def is_undecided(source_function: Callable[..., Any], config: Mapping[str, Any]) -> bool:
    """Return whether only a run can tell if the function is included under a config."""
    has_unknown_values = any(isinstance(attachment, AlwaysIncluded) for attachment in attachments_of(source_function))
    return has_unknown_values or bool(undecided_conditions(source_function, config))


def undecided_conditions(source_function: Callable[..., Any], config: Mapping[str, Any]) -> list[SourceCondition]:
    """Return a function's conditions for which the text does not determine whether they hold under a config."""
    return [
        attachment
        for attachment in attachments_of(source_function)
        if isinstance(attachment, SourceCondition) and attachment.decision(config) is None
    ]


def _apply(name: str, decorator: ast.expr, source_function: SourceFunction, reader: ExpressionReader) -> None:
    entry, make = ENTRIES.get(name), _DECORATORS.get(name) or _format_decorator(name)
    if entry is not None and make is not None and entry.usage in (Usage.BARE, Usage.EITHER):
        if not isinstance(decorator, ast.Call):
            make(source_function)
            return
        if entry.usage is Usage.BARE:
            raise UnknownValue
    if make is None and (entry is None or not entry.decides):
        raise UnknownValue
    if not isinstance(decorator, ast.Call):
        raise missing_call_error(name, source_function)
    if make is None:
        raise UnknownValue
    arguments, keywords = _arguments(name, decorator, reader)
    if name == "check_output":
        keywords = {key: _as_class(value) for key, value in keywords.items()}
    make(*arguments, **keywords)(source_function)


def _arguments(name: str, call: ast.Call, reader: ExpressionReader) -> tuple[list[Any], dict[str, Any]]:
    if name not in _DECORATORS:
        return reader.partial_arguments(call)
    if (with_type_values := ENTRIES[name].types) == frozenset():
        return reader.arguments(call)
    type_reader = replace(reader, types=True)
    if with_type_values is None:
        arguments, keywords = type_reader.arguments(call)
        _refuse_types_for_names(arguments)
        return arguments, keywords
    keywords_with_types = [
        _as_constant(keyword.arg, type_reader.value(keyword.value)) if keyword.arg in with_type_values else keyword
        for keyword in call.keywords
    ]
    return reader.arguments(_with_schemas(ast.Call(call.func, call.args, keywords_with_types)))


def _as_constant(name: str | None, value: object) -> ast.keyword:
    """Return a keyword argument whose value is already known."""
    return ast.keyword(name, ast.Constant(cast(Any, value)))


def _refuse_types_for_names(arguments: Sequence[Any]) -> None:
    """Raise an error if a field name is a forward reference, which stands for a variable with an unknown value."""
    for argument in arguments:
        names = argument if isinstance(argument, Mapping | list | tuple) else [argument]
        if any(isinstance(name, ForwardRef) for name in names):
            raise UnknownValue


def _with_schemas(call: ast.Call) -> ast.Call:
    """Return a call to `check_output`. Placeholder classes replace unknown schemas and models."""
    keywords = [
        _as_constant(keyword.arg, _SCHEMAS[keyword.arg])
        if keyword.arg in _SCHEMAS and not isinstance(keyword.value, ast.Constant)
        else keyword
        for keyword in call.keywords
    ]
    return ast.Call(call.func, call.args, keywords)


def _format_decorator(name: str) -> Callable[..., Any] | None:
    """Return the decorator for a format. The format's adapter is not looked up, because it may be a custom adapter."""
    decorator, _, format_ = name.partition(".")
    if decorator not in ("load_from", "save_to"):
        return None
    from headwater.decorators import load_save
    from headwater.io.adapter_spec import AdapterSpec  # imported lazily: most sources do not load or save

    if decorator == "load_from":
        return lambda *, inject_=None, **options: load_save.load_decorator(
            AdapterSpec(format_, options, is_resolved=False), inject_
        )
    return lambda *, output_name_=None, target_=None, **options: load_save.save_decorator(
        AdapterSpec(format_, options, is_resolved=False), output_name_, target_
    )


def _as_class(value: Any) -> Any:
    """Return a class with the name of a forward reference. Other values are returned unchanged."""
    if not isinstance(value, ForwardRef):
        return value
    module, _, name = value.__forward_arg__.rpartition(".")
    return type(name, (), {"__module__": module or "builtins"})


def _unevaluated_warning(entry: DecoratorEntry, source_function: SourceFunction, location: SourceLocation) -> OutlineWarning:
    if entry.decides:
        reason = f"@{entry.name} calls a function, so only a run can tell {entry.decides}"
    elif entry.usage is Usage.BARE or (entry.name not in _DECORATORS and _format_decorator(entry.name) is None):
        reason = f"only a run can tell what `{entry.name}` does"
    elif entry.is_condition:
        reason = f"@{entry.name} has computed arguments, so only a run can tell whether the decorated function is included"
    else:
        reason = f"@{entry.name} has computed arguments, so only a run can tell what it does"
    return OutlineWarning(
        f"`{source_function.__name__}` ({location}): {reason}. The graph shows the plain function.", source_function.__name__
    )
