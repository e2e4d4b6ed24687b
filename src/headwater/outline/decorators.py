"""The decorators of a function as written: Headwater's own, called with what the text says of their arguments.

Headwater's decorators note themselves on what they decorate and do nothing else. So they are called here for real, on a
`SourceFunction` instead of on a function, and say the same of a wrong argument as they would in a run. Nobody else's decorators
are called: the function counts as if they were not there.
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
from headwater.outline.values import Reader, headwater_name


def _maker(entry: DecoratorEntry) -> Callable[..., Any]:
    """What makes the decorator. The family that loads and saves is imported when the first source has one of it."""
    name, _, member = entry.name.partition(".")
    if entry.usage is Usage.EITHER:
        return partial(_import_late, name)
    found = getattr(decorators, name)
    return cast("Callable[..., Any]", getattr(found, member) if member else found)


def _import_late(name: str, *arguments: Any) -> Any:
    return getattr(decorators, name)(*arguments)


_DECORATORS: Final = {
    name: _maker(entry)
    for name, entry in ENTRIES.items()
    if entry.usage in (Usage.CALLED, Usage.BARE, Usage.EITHER) and not entry.decides
}
_TRANSPARENT: Final = frozenset(
    {"functools.cache", "functools.lru_cache", "typing.final", "typing.no_type_check", "typing.override"}
    | {"typing_extensions.deprecated", "typing_extensions.final", "typing_extensions.override", "warnings.deprecated"}
)
"""Decorators of Python's own that leave a function's name and signature as they are."""

_SCHEMAS: Final = {
    "schema": type("Schema", (), {"__module__": "pandera"}),
    "model": type("Model", (), {"__module__": "pydantic"}),
}


class SourceFunction:
    """What decorators note themselves on: it has a function's name and location, and cannot be called to any effect."""

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
        """Whether a run may make something else of the function than its text tells."""

    @property
    def __signature__(self) -> inspect.Signature:
        """What `inspect.signature` returns. Most functions are never asked."""
        return _signature(self.source)

    def __call__(self, *_: object, **__: object) -> None:
        """Only says that it is callable."""
        raise NotImplementedError(f"`{self.__name__}` is known from its text only.")


def _signature(function: FunctionNode) -> inspect.Signature:
    """The names of a function's parameters, and which of them have defaults; without annotations."""
    written = function.args
    required = len(written.posonlyargs) + len(written.args) - len(written.defaults)
    kinds = [
        *((one, inspect.Parameter.POSITIONAL_ONLY) for one in written.posonlyargs),
        *((one, inspect.Parameter.POSITIONAL_OR_KEYWORD) for one in written.args),
    ]
    empty = inspect.Parameter.empty
    parameters = [
        inspect.Parameter(one.arg, kind, default=empty if position < required else None)
        for position, (one, kind) in enumerate(kinds)
    ]
    if written.vararg:
        parameters.append(inspect.Parameter(written.vararg.arg, inspect.Parameter.VAR_POSITIONAL))
    parameters += [
        inspect.Parameter(one.arg, inspect.Parameter.KEYWORD_ONLY, default=empty if default is None else None)
        for one, default in zip(written.kwonlyargs, written.kw_defaults, strict=True)
    ]
    if written.kwarg:
        parameters.append(inspect.Parameter(written.kwarg.arg, inspect.Parameter.VAR_KEYWORD))
    return inspect.Signature(parameters)


@dataclass(frozen=True, slots=True)
class AlwaysIncluded:
    """A condition with values that only a run knows; holds, so that the function is drawn."""

    name: str
    keys: frozenset[str] = frozenset()
    is_fallback: bool = False

    def holds(self, config: Mapping[str, Any]) -> bool:
        """True whatever the config."""
        del config
        return True


SourceFunctions = Mapping[tuple[str, str], SourceFunction]
"""By the names of the module and the function."""


def decorate(
    source_function: SourceFunction,
    function: FunctionNode,
    module: SourceModule,
    modules: Mapping[str, SourceModule],
    source_functions: SourceFunctions,
) -> list[Diagnostic]:
    """Notes a function's decorators on what stands for it; returns what is wrong with them."""
    diagnostics: list[Diagnostic] = []
    for decorator in reversed(function.decorator_list):  # as Python does: the nearest first
        written, origin = follow_assignments(decorator, module, modules)
        called = written.func if isinstance(written, ast.Call) else written
        name = headwater_name(origin, called)
        if name is None:
            source_function.is_uncertain = source_function.is_uncertain or origin.meaning(called) not in _TRANSPARENT
            continue
        location = SourceLocation(module.file, decorator.lineno)
        reader = Reader(origin, modules, functions=source_functions)
        try:
            _check_name(decorator, module, modules)
            _apply(name, written, source_function, reader)
        except UnknownValue:
            source_function.is_uncertain = True
            entry = ENTRIES.get(name, DecoratorEntry(name))
            if entry.decides:
                attach(
                    ConfigOnlyDecorator(name, config_parameters(written, reader, None if entry.is_condition else REQUIRED)),
                    source_function,
                )
            diagnostics.append(
                Diagnostic(_unevaluated_warning(entry, source_function, location), location, decorator.col_offset + 1)
            )
            if entry.is_condition:
                attach(AlwaysIncluded(name), source_function)
            if name == "mutate":
                module.is_uncertain = True  # it changes other functions
        except (HeadwaterError, TypeError, ValueError, RecursionError) as error:
            diagnostics.append(Diagnostic(error, location, decorator.col_offset + 1, node=function.name))
        else:
            module.is_uncertain = module.is_uncertain or (name == "mutate" and source_function.is_uncertain)
    return diagnostics


def _check_name(decorator: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule]) -> None:
    """Refuse a decorator that is written as a name which is assigned more than once."""
    if isinstance(decorator, ast.Name | ast.Attribute):
        assigned = assignment(decorator, module, modules)
        if assigned is not None and not assigned[0].is_constant(assigned[1]):
            raise UnknownValue


def has_unknown_condition(source_function: Callable[..., Any]) -> bool:
    """True if only a run can tell whether the function takes part."""
    return any(isinstance(one, AlwaysIncluded) for one in attachments_of(source_function))


def _apply(name: str, decorator: ast.expr, source_function: SourceFunction, reader: Reader) -> None:
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


def _arguments(name: str, call: ast.Call, reader: Reader) -> tuple[list[Any], dict[str, Any]]:
    if name not in _DECORATORS:
        return reader.partial_arguments(call)
    if (only := ENTRIES[name].types) == frozenset():
        return reader.arguments(call)
    with_types = replace(reader, types=True)
    if only is None:
        arguments, keywords = with_types.arguments(call)
        _refuse_types_for_names(arguments)
        return arguments, keywords
    apart = {keyword.arg: with_types.value(keyword.value) for keyword in call.keywords if keyword.arg in only}
    others = [keyword for keyword in call.keywords if keyword.arg not in only]
    arguments, keywords = reader.arguments(_with_schemas(ast.Call(call.func, call.args, others)))
    return arguments, {**keywords, **apart}


def _refuse_types_for_names(arguments: Sequence[Any]) -> None:
    """Refuse what was read as a type where a field's name is wanted: it is a name for something that only a run knows."""
    for argument in arguments:
        names = argument if isinstance(argument, Mapping | list | tuple) else [argument]
        if any(isinstance(name, ForwardRef) for name in names):
            raise UnknownValue


def _with_schemas(call: ast.Call) -> ast.Call:
    """A call of `check_output` with something of the right library for schemas and models, which only a run knows."""
    keywords = [
        ast.keyword(keyword.arg, ast.Constant(cast(Any, _SCHEMAS[keyword.arg])))
        if keyword.arg in _SCHEMAS and not isinstance(keyword.value, ast.Constant)
        else keyword
        for keyword in call.keywords
    ]
    return ast.Call(call.func, call.args, keywords)


def _format_decorator(name: str) -> Callable[..., Any] | None:
    """The decorator of a format, which may be one of the user's own: what it can load or save only a run knows."""
    decorator, _, format_ = name.partition(".")
    if decorator not in ("load_from", "save_to"):
        return None
    from headwater.decorators import load_save
    from headwater.io.adapter_spec import AdapterSpec  # most sources load and save nothing

    if decorator == "load_from":
        return lambda *, inject_=None, **given: load_save.loading(AdapterSpec(format_, given, is_resolved=False), inject_)
    return lambda *, output_name_=None, target_=None, **given: load_save.saving(
        AdapterSpec(format_, given, is_resolved=False), output_name_, target_
    )


def _as_class(value: Any) -> Any:
    """A class of the name, where a check wants a class of which only the name is known."""
    if not isinstance(value, ForwardRef):
        return value
    module, _, name = value.__forward_arg__.rpartition(".")
    return type(name, (), {"__module__": module or "builtins"})


def _unevaluated_warning(entry: DecoratorEntry, source_function: SourceFunction, location: SourceLocation) -> OutlineWarning:
    if entry.decides:
        said = f"@{entry.name} asks a function, so that only a run can tell {entry.decides}"
    elif entry.usage is Usage.BARE or (entry.name not in _DECORATORS and _format_decorator(entry.name) is None):
        said = f"what `{entry.name}` does cannot be told from source"
    elif entry.is_condition:
        said = f"@{entry.name} has computed arguments, so that only a run can tell whether the function takes part"
    else:
        said = f"@{entry.name} has computed arguments, so that only a run can tell what it does"
    return OutlineWarning(
        f"`{source_function.__name__}` ({location}): {said}. Drawn is the plain function.", source_function.__name__
    )
