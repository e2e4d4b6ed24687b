"""`executable`: turns an operation into a callable."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never, cast

from headwater.errors import (
    AsyncNode,
    AwaitedNode,
    ChecksFailed,
    CheckWarning,
    DuplicateColumn,
    MissingPart,
    NoElements,
    RunError,
    WrongAdapterResult,
)
from headwater.graph.mapped_call import MappedCall
from headwater.graph.operation import (
    REQUIRED,
    Append,
    Await,
    Combine,
    Expand,
    Fill,
    FunctionCall,
    Gate,
    Gather,
    Load,
    Map,
    Operation,
    Pass,
    Pick,
    Save,
    TakeData,
    Validate,
)

if TYPE_CHECKING:
    from headwater.libraries.table import FrameLibrary


def executable(operation: Operation) -> Callable[..., Any]:  # noqa: C901, PLR0912 - one case for each operation
    """Return a callable that computes the value of an operation from positional arguments.

    The callable can be pickled if the functions and values of the operation can.

    Raises:
        ImportError: the library that the operation needs cannot be imported.

    >>> executable(FunctionCall(divmod))(7, 2)
    (3, 1)
    >>> executable(FunctionCall(dict, ("low", "high")))(1, 9)
    {'low': 1, 'high': 9}
    """
    match operation:
        case FunctionCall(function, ()):
            return function
        case FunctionCall():
            return partial(_call, operation)
        case Await(inner):
            return partial(_refuse_coroutine, operation, executable(inner))
        case Expand(inner):
            return partial(_expand, operation, executable(inner))
        case Map(inner):
            return MappedCall(operation, executable(inner))
        case Gather(inner):
            return partial(_gather, operation, executable(inner))
        case Fill(inner, part="field"):
            return partial(_fill_fields, operation, executable(inner))
        case Fill(inner):
            return partial(_fill_columns, operation, executable(inner))
        case Pick(part="field"):
            return partial(_pick_field, operation)
        case Pick(part="item"):
            return partial(_pick_item, operation)
        case Pick(part="expression"):
            return partial(_pick_expression, operation)
        case Pick():
            return partial(_pick_column, operation)
        case Append():
            return partial(_append, operation)
        case Validate(validate):
            return validate
        case Gate():
            return partial(_gate, operation)
        case Pass():
            return _same
        case Load():
            return partial(_load, operation)
        case TakeData():
            return partial(_take_data, operation)
        case Save():
            return partial(_save, operation)
        case Combine():
            return partial(_combine, operation)
        case _:
            assert_never(operation)


def _call(operation: FunctionCall, *values: Any) -> Any:
    by_position = len(values) - len(operation.keywords)
    named = dict(zip(operation.keywords, values[by_position:], strict=True))
    return operation.function(*values[:by_position], **named)


def _refuse_coroutine(operation: Await, call: Callable[..., Any], *values: Any) -> Any:
    name, location = operation.node
    if not operation.is_wrapper:
        raise AsyncNode([AwaitedNode(name, location)])
    result = call(*values)
    if not inspect.iscoroutine(result):
        return result
    result.close()
    raise RunError(
        f"`{name}` ({location}) is `async def`, and its decorator returned a coroutine without running it. "
        "Run it in the decorator with `asyncio.run(...)`, or build an `AsyncDriver` with `build_async()`.",
        [location],
        name,
    )


def _expand(operation: Expand, call: Callable[..., Any], *values: Any) -> list[Any]:
    return elements_of(operation, call(*values))


def elements_of(operation: Expand, value: Any) -> list[Any]:
    """Return the elements of the value that a function annotated with `Parallelizable` returned.

    Raises:
        NoElements: the value is not a collection of elements.
    """
    if isinstance(value, str | bytes | bytearray) or not isinstance(value, Iterable):
        raise NoElements(*operation.node, value)
    return list(value)


def _gather(operation: Gather, call: Callable[..., Any], *values: Any) -> Any:
    gathered: list[Any] = []
    start = 0
    for size, names, is_list in operation.shapes:
        part = values[start : start + size]
        start += size
        if names is not None:
            gathered.append(dict(zip(names, part, strict=True)))
        else:
            gathered.append(list(part) if is_list else part[0])
    return call(*gathered)


# --- parts of values ----------------------------------------------------------------------------------------------------


def _fill_columns(operation: Fill, call: Callable[..., Any], *values: Any) -> Any:
    """Return a frame with the missing columns added. The original is unchanged, because the function may still use it."""
    frame, library = call(*values), _library(operation.library)
    if not library.is_frame(type(frame)):
        return frame
    present = library.column_names(frame)
    missing = [name for name in operation.names if name not in present]
    return library.with_constant_columns(frame, missing, operation.value) if missing else frame


def _fill_fields(operation: Fill, call: Callable[..., Any], *values: Any) -> Any:
    """Return a dictionary with the missing entries added. The original is unchanged, because the function may still use it."""
    record = call(*values)
    if not isinstance(record, Mapping):
        return record
    present = cast("Mapping[str, Any]", record)
    missing = {name: operation.value for name in operation.names if name not in present}
    if not missing:
        return present
    if not isinstance(present, MutableMapping):
        return {**present, **missing}
    completed = copy(present)  # preserve the dictionary's class
    completed.update(missing)
    return completed


def _pick_column(operation: Pick, frame: Any) -> Any:
    library = _library(operation.library)
    present: Sequence[object] = () if frame is None else library.column_names(frame)
    name, position = operation.name, operation.position
    if position is not None:
        if position >= len(present):
            raise _missing(operation, present)
        return library.column_at(frame, position, name)
    if (number := list(present).count(name)) > 1:
        raise DuplicateColumn(name, number, *operation.origin)
    if number == 1:
        return library.column(frame, name)
    if frame is None or operation.fill is REQUIRED:
        raise _missing(operation, present)
    return library.constant_column(frame, name, operation.fill)


def _pick_expression(operation: Pick, frame: Any) -> Any:
    from headwater.libraries.table import ExpressionLibrary

    library = _library(operation.library)
    assert isinstance(library, ExpressionLibrary)
    present = library.column_names(frame)
    if operation.name not in present:
        raise _missing(operation, present)
    return library.expression(operation.name)


def _pick_field(operation: Pick, record: Any) -> Any:
    present = cast("Mapping[str, Any]", {} if record is None else record)
    if operation.name in present:
        return present[operation.name]
    if operation.fill is REQUIRED:
        raise _missing(operation, list(present))
    return operation.fill


def _pick_item(operation: Pick, items: Any) -> Any:
    present = () if items is None else items
    assert operation.position is not None
    if operation.position >= len(present):
        raise _missing(operation, len(present))
    return present[operation.position]


def _missing(operation: Pick, present: Sequence[object] | int) -> MissingPart:
    part = {"item": "part", "expression": "column"}.get(operation.part, operation.part)
    return MissingPart(part, operation.name, operation.origin.name, present, operation.origin.location)


def _append(operation: Append, frame: Any, *columns: Any) -> Any:
    library = _library(operation.library)
    new = dict(zip(operation.columns, columns, strict=True))
    try:
        return library.with_columns(frame, new)
    except Exception as error:
        if (name := _unappendable(library, frame, new)) is not None:
            error.add_note(f"The column `{name}` cannot be appended to the frame.")
        raise


def _unappendable(library: FrameLibrary, frame: Any, columns: Mapping[str, Any]) -> str | None:
    """Return the first column that cannot be appended even without the other columns, or None."""
    for name, column in columns.items():
        try:
            library.with_columns(frame, {name: column})
        except Exception:  # noqa: BLE001 - libraries raise different exceptions
            return name
    return None


def _library(module: str | None) -> FrameLibrary:
    if module is None:
        raise _known_from_text()
    return cast("FrameLibrary", importlib.import_module(module))


# --- checks -------------------------------------------------------------------------------------------------------------


def _gate(operation: Gate, value: Any, *results: Any) -> Any:
    failed = [(check, result.message) for check, result in zip(operation.checks, results, strict=True) if not result.passes]
    name, location = operation.node
    if any(check.importance == "fail" for check, _ in failed):
        listed = [f"{check.name}: {message}{'' if check.importance == 'fail' else ' (a warning)'}" for check, message in failed]
        raise ChecksFailed(name, listed, location)
    for check, message in failed:
        warning = f"The value of `{name}` ({location}) failed its check `{check.name}`: {message}"
        warnings.warn_explicit(warning, CheckWarning, location.file, location.line)
    return value


def _same(value: Any) -> Any:
    return value


# --- loading and saving -------------------------------------------------------------------------------------------------


def _load(operation: Load, *values: Any) -> Any:
    if operation.adapter is None:
        raise _known_from_text()
    return operation.adapter(**dict(zip(operation.parameters, values, strict=True))).load_data(operation.type)


def _take_data(operation: TakeData, loaded: Any) -> Any:
    if not isinstance(loaded, tuple) or len(loaded) != 2:
        name, location = operation.loader
        raise WrongAdapterResult(f"`{name}` ({location})", "a tuple of the data and its metadata", loaded)
    return loaded[0]


def _save(operation: Save, data: Any, *values: Any) -> Any:
    if operation.adapter is None:
        raise _known_from_text()
    return saved_metadata(operation, operation.adapter(**dict(zip(operation.parameters, values, strict=True))).save_data(data))


def saved_metadata(operation: Save, metadata: Any) -> Any:
    """Return the metadata that a saver returned.

    Raises:
        WrongAdapterResult: the metadata is not a dictionary.
    """
    assert operation.adapter is not None
    if not isinstance(metadata, dict):
        raise WrongAdapterResult(f"`save_data` of `{operation.adapter.__name__}`", "a dictionary of metadata", metadata)
    return metadata


def _combine(operation: Combine, *values: Any) -> Any:
    return operation.builder.build(dict(zip(operation.names, values, strict=True)))


def _known_from_text() -> NotImplementedError:
    return NotImplementedError("This node was read from source text, not imported, so it cannot run.")
