"""What the user may have meant by a name that was not found, and what there is in its place."""

from __future__ import annotations

import ast
import builtins
import dis
import linecache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.errors import HeadwaterError
from headwater.errors.suggestions import did_you_mean
from headwater.previews.texts import text_of, truncate, type_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from types import FrameType, TracebackType

FRAMES: Final = 5
"""Functions around an error whose variables are searched for a key."""
KEYS: Final = 1_000
"""Keys of one value that are compared."""
LISTED: Final = 8
"""Keys that are listed where none is near."""
LONGEST_KEY: Final = 40

_BY_ROW: Final = ("loc", "at", "xs")
"""What looks up rows of a frame by their labels."""


def suggest_names(error: BaseException, entries: Sequence[TracebackType]) -> str:
    """The nearest name, or the names to choose from, as the end of a message; empty if nothing is known.

    Python's own tracebacks suggest names and attributes, in newer versions only; this does in all, and keys and columns too.

    Args:
        error: what was raised.
        entries: where in the user's code, innermost first.
    """
    try:
        found = _found(error, entries)
    except Exception:  # noqa: BLE001 - asks the user's objects for their attributes and keys
        return ""
    return f".{found}" if found else ""


def _found(error: BaseException, entries: Sequence[TracebackType]) -> str:
    frames = [entry.tb_frame for entry in entries]
    match error:
        case HeadwaterError():  # says what is near itself
            return ""
        case AttributeError(name=str(name), obj=owner) if owner is not None:
            return _attribute(name, owner)
        case UnboundLocalError() if entries:
            return _unbound(_read_at(entries[0]), frames[0])
        case NameError(name=str(name)) if frames:
            groups = [list(frames[0].f_locals), list(frames[0].f_globals), dir(builtins)]
            return _suggestion(name, groups)
        case KeyError(args=(key,)) if entries:
            return _key(key, entries)
        case _:
            return ""


def _suggestion(name: str, groups: Sequence[Collection[str]]) -> str:
    """The names near to one, of the first group that has any; of none, if the name itself is there: something else is wrong."""
    if any(name in group for group in groups):
        return ""
    return next(filter(None, (did_you_mean(name, group) for group in groups)), "")


def _attribute(name: str, owner: Any) -> str:
    known = [other for other in dir(owner) if not other.startswith("_")]
    if name not in known and not hasattr(type(owner), name):
        return _suggestion(name, [known])
    # What computes the attribute has failed: the message is that of something that it used.
    return f" `{type_name(owner)}` has `{name}`: the error comes from the code that computes it."


def _read_at(entry: TracebackType) -> str:
    """The variable that is read where a traceback ends. Before Python 3.14 the exception does not name it."""
    instructions = dis.get_instructions(entry.tb_frame.f_code)
    read = next((one for one in instructions if one.offset == entry.tb_lasti), None)
    is_variable = read is not None and ("FAST" in read.opname or "DEREF" in read.opname)
    return str(read.argval) if read is not None and is_variable else ""


def _unbound(name: str, frame: FrameType) -> str:
    if name not in frame.f_globals and not hasattr(builtins, name):
        return ""
    function = frame.f_code.co_name
    return (
        f" `{function}` assigns `{name}` somewhere, so in all of `{function}` that is a local variable, and not the "
        f"`{name}` from outside. Give one of the two another name."
    )


# --- keys and columns -------------------------------------------------------------------------------------------------


class _Lookup(NamedTuple):
    """`prices['rain']`, as it is written on the line of an error."""

    written: str
    owner: Any
    by_row: bool


def _key(key: object, entries: Sequence[TracebackType]) -> str:
    lookup = next(filter(None, map(_lookup, entries[:FRAMES])), None)
    if lookup is not None:
        names = list(_keys(lookup.owner))
        if lookup.by_row and key in names:
            return f" `{lookup.written}` has a column {_shown(key)}, but here a row is looked up by its label."
        if key in names:
            return ""
        return did_you_mean(key, names) or _listed(lookup, names)
    groups = [
        [name for name in _keys(value) if isinstance(name, str)]
        for entry in entries[:FRAMES]
        for value in entry.tb_frame.f_locals.values()
    ]
    return _suggestion(key, groups) if isinstance(key, str) else ""


def _listed(lookup: _Lookup, names: Sequence[object]) -> str:
    if not names or lookup.by_row:
        return ""
    what = "the keys" if isinstance(lookup.owner, dict) else "the columns"
    shown = ", ".join(map(_shown, names[:LISTED]))
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f" `{lookup.written}` has {what} {shown}{more}."


def _shown(key: object) -> str:
    return truncate(text_of(key), LONGEST_KEY)


def _lookup(entry: TracebackType) -> _Lookup | None:
    """What the failing line looks a key up in, if that is a variable: it is not evaluated again."""
    expression = _expression(entry)
    if not isinstance(expression, ast.Subscript):
        return None
    looked_in, by_row = expression.value, False
    if isinstance(looked_in, ast.Attribute) and looked_in.attr in _BY_ROW:
        looked_in, by_row = looked_in.value, True
    if not isinstance(looked_in, ast.Name):
        return None
    frame = entry.tb_frame
    for variables in (frame.f_locals, frame.f_globals):
        if looked_in.id in variables:
            return _Lookup(looked_in.id, variables[looked_in.id], by_row)
    return None


def _expression(entry: TracebackType) -> ast.expr | None:
    """The expression that was being evaluated, if it is written on one line."""
    code = entry.tb_frame.f_code
    position = next(islice(code.co_positions(), entry.tb_lasti // 2, None), None)
    if position is None:
        return None
    line, end_line, start, end = position
    if line is None or line != end_line or start is None or end is None:
        return None
    written = linecache.getline(code.co_filename, line).encode()[start:end].decode("utf-8", "replace")
    try:
        return ast.parse(written.strip(), mode="eval").body
    except SyntaxError:
        return None


def _keys(value: Any) -> Iterator[object]:
    """The names by which something is taken out of a value: the keys of a dictionary, the columns of a frame."""
    keys = value if isinstance(value, dict) else getattr(value, "columns", ())
    return islice(keys, KEYS)
