"""Suggestions of similar names for a name, attribute or key that was not found."""

from __future__ import annotations

import ast
import builtins
import dis
import linecache
import sys
from difflib import get_close_matches
from itertools import islice
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.decorators.catalog import exports
from headwater.errors import HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.previews.texts import text_of, truncate, type_name
from headwater.session.limitations import limitation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from types import FrameType, TracebackType

MAX_FRAMES: Final = 5
"""The maximum number of functions in the traceback whose variables are searched for the missing key."""
MAX_KEYS: Final = 1_000
"""The maximum number of keys of one value to compare."""
MAX_LISTED: Final = 8
"""The maximum number of keys to list if none is similar."""
MAX_KEY_LENGTH: Final = 40

_ALIASES: Final = {"np": "numpy", "pd": "pandas", "pl": "polars", "plt": "matplotlib.pyplot"}
"""Modules, keyed by the names under which code usually imports them."""

_BY_ROW: Final = ("loc", "at", "xs")
"""Accessors that look up rows of a frame by label."""


def name_suggestion(error: BaseException, entries: Sequence[TracebackType]) -> str:
    """Return a suggestion to append to a message: the most similar name, or the available names. May be empty.

    Only newer Python versions suggest names and attributes in tracebacks. The suggestions of this function work in all versions
    and include keys and columns.

    Args:
        error: the exception.
        entries: the entries of the exception's traceback that are in the user's code, innermost first.
    """
    try:
        suggestion = "" if limitation(error) is not None else _suggestion_for(error, entries)
    except Exception:  # noqa: BLE001 - attributes and keys of the user's objects may raise anything
        return ""
    return f".{suggestion}" if suggestion else ""


def _suggestion_for(error: BaseException, entries: Sequence[TracebackType]) -> str:
    frames = [entry.tb_frame for entry in entries]
    match error:
        case HeadwaterError():  # the message already has a suggestion
            return ""
        case TypeError() | ValueError() | AttributeError() if entries and (name := _function_used_as_value(error, entries[0])):
            return f" `{name}` is a function here. To use the value of the node `{name}`, add a parameter named `{name}`."
        case AttributeError(name=str(name), obj=owner) if owner is not None:
            return _attribute(name, owner)
        case UnboundLocalError() if entries:
            return _unbound(_variable_read_at(entries[0]), frames[0])
        case NameError(name=str(name)) if frames:
            return _variable(name, frames[0])
        case KeyError(args=(key,)) if entries:
            return _key(key, entries)
        case _:
            return ""


def _variable(name: str, frame: FrameType) -> str:
    """Suggest an import, a similar name in the code, or a similar name that Python or Headwater provides."""
    decorators = exports(tools=False)
    if name in decorators:
        return f" Add `from headwater import {name}`."
    if name in _ALIASES:
        return f" Add `import {_ALIASES[name]} as {name}`."
    defined = [list(frame.f_locals), list(frame.f_globals)]
    if name in sys.stdlib_module_names and not _suggestion(name, defined):
        return f" Add `import {name}`."
    return _suggestion(name, [*defined, [*dir(builtins), *get_close_matches(name, decorators, cutoff=0.85)]])


def _suggestion(name: str, groups: Sequence[Collection[str]]) -> str:
    """Return similar names from the first group that has any. If any group contains the exact name, there is no suggestion."""
    if any(name in group for group in groups):
        return ""
    return next(filter(None, (did_you_mean(name, group) for group in groups)), "")


def _attribute(name: str, owner: Any) -> str:
    public = [other for other in dir(owner) if not other.startswith("_")]
    if name not in public and not hasattr(type(owner), name):
        return _suggestion(name, [public])
    # The attribute is defined, so the code that computes it must have raised the error.
    return f" `{type_name(owner)}` has an attribute `{name}`, but the code that computes it failed."


def _variable_read_at(entry: TracebackType) -> str:
    """Return the variable that was read where the exception was raised.

    Before Python 3.14, the exception does not contain the name of the variable.
    """
    instructions = dis.get_instructions(entry.tb_frame.f_code)
    read = next((instruction for instruction in instructions if instruction.offset == entry.tb_lasti), None)
    is_variable = read is not None and ("FAST" in read.opname or "DEREF" in read.opname)
    return str(read.argval) if read is not None and is_variable else ""


def _unbound(name: str, frame: FrameType) -> str:
    if name not in frame.f_globals and not hasattr(builtins, name):
        return ""
    function = frame.f_code.co_name
    return (
        f" `{function}` assigns `{name}`, which makes it a local variable throughout `{function}`. "
        "Use another name for the local variable."
    )


def _function_used_as_value(error: BaseException, entry: TracebackType) -> str:
    """Return the name of a node's function that the failing expression uses without calling it. Empty if there is none.

    If a function has no parameter for a node, the node's name refers to the node's function. If the code uses this function
    as a value, Python's message says only that a function does not support the operation.
    """
    expression = _expression(entry) if "function" in str(error) else None
    if expression is None:
        return ""
    called = {call.func for call in ast.walk(expression) if isinstance(call, ast.Call)}
    names = (part.id for part in ast.walk(expression) if isinstance(part, ast.Name) and part not in called)
    frame = entry.tb_frame
    return next((name for name in names if name not in frame.f_locals and _is_function_of_node(frame.f_globals.get(name))), "")


def _is_function_of_node(value: object) -> bool:
    return isinstance(value, FunctionType) and value.__name__.isidentifier() and not value.__name__.startswith("_")


# --- keys and columns -------------------------------------------------------------------------------------------------


class _Lookup(NamedTuple):
    """A lookup on the line that raised an error, such as `prices['rain']`."""

    source: str
    owner: Any
    by_row: bool


def _key(key: object, entries: Sequence[TracebackType]) -> str:
    lookup = next(filter(None, map(_lookup, entries[:MAX_FRAMES])), None)
    if lookup is not None:
        names = list(_keys(lookup.owner))
        if lookup.by_row and key in names:
            return f" `{lookup.source}` has a column {_key_text(key)}, but this code looks up a row by its label."
        if key in names:
            return ""
        return did_you_mean(key, names) or _listed(lookup, names)
    groups = [
        [name for name in _keys(value) if isinstance(name, str)]
        for entry in entries[:MAX_FRAMES]
        for value in entry.tb_frame.f_locals.values()
    ]
    return _suggestion(key, groups) if isinstance(key, str) else ""


def _listed(lookup: _Lookup, names: Sequence[object]) -> str:
    if not names or lookup.by_row:
        return ""
    kind = "key" if isinstance(lookup.owner, dict) else "column"
    if len(names) == 1:
        return f" The only {kind} of `{lookup.source}` is {_key_text(names[0])}."
    shown = ", ".join(map(_key_text, names[:MAX_LISTED]))
    more = f" and {len(names) - MAX_LISTED:,} more" if len(names) > MAX_LISTED else ""
    return f" `{lookup.source}` has the {kind}s {shown}{more}."


def _key_text(key: object) -> str:
    return truncate(text_of(key), MAX_KEY_LENGTH)


def _lookup(entry: TracebackType) -> _Lookup | None:
    """Return the lookup of a key in a variable on the failing line, or None. No code is evaluated again."""
    expression = _expression(entry)
    if not isinstance(expression, ast.Subscript):
        return None
    owner, by_row = expression.value, False
    if isinstance(owner, ast.Attribute) and owner.attr in _BY_ROW:
        owner, by_row = owner.value, True
    if not isinstance(owner, ast.Name):
        return None
    frame = entry.tb_frame
    for variables in (frame.f_locals, frame.f_globals):
        if owner.id in variables:
            return _Lookup(owner.id, variables[owner.id], by_row)
    return None


def _expression(entry: TracebackType) -> ast.expr | None:
    """Return the expression that raised the exception, or None if it is unknown."""
    code = entry.tb_frame.f_code
    position = next(islice(code.co_positions(), entry.tb_lasti // 2, None), None)
    if position is None:
        return None
    line, end_line, start, end = position
    if line is None or end_line is None or start is None or end is None:
        return None
    lines = [linecache.getline(code.co_filename, number).encode() for number in range(line, end_line + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    try:
        return ast.parse(b"(" + b"".join(lines) + b")", mode="eval").body
    except SyntaxError:
        return None


def _keys(value: Any) -> Iterator[object]:
    """Yield the keys of a dictionary, or the columns of a frame."""
    keys = value if isinstance(value, dict) else getattr(value, "columns", ())
    return islice(keys, MAX_KEYS)
