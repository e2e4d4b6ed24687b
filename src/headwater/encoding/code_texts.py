"""Values as they would be written in source code: `date(2026, 3, 10)` instead of `datetime.date(2026, 3, 10)`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any, Final

from headwater.errors import short_repr

_MOMENTS: Final = frozenset({dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone})
_MAX_DEPTH: Final = 20
_MAX_LENGTH: Final = 1_000
"""The maximum number of items in a container, and of characters in an item."""


def short_code(value: object, limit: int = 80) -> str:
    """Return a value as code on one line of at most `limit` characters. See `short_repr`."""
    try:
        is_plain = _special(value, ()) is None
    except Exception:  # noqa: BLE001 - examining a value may raise anything
        is_plain = True
    return short_repr(value if is_plain else _AsCode(value), limit)


def code_text(value: object) -> str:
    """Return a value as code."""
    return _text(value, ())


@dataclasses.dataclass(frozen=True, slots=True)
class _AsCode:
    """A value whose `repr` is its code."""

    value: object

    def __repr__(self) -> str:
        return code_text(self.value)


def _text(value: object, inside: tuple[int, ...]) -> str:
    """Return the code of a value. `inside` holds the identities of the values that contain it."""
    if id(value) in inside:
        return "..."
    special = _special(value, inside)
    return short_repr(value, _MAX_LENGTH) if special is None else special


def _special(value: Any, inside: tuple[int, ...]) -> str | None:
    """Return the code of a value if its `repr`, or the `repr` of one of its parts, may differ from the code.

    Otherwise, return None.
    """
    kind = type(value)
    if isinstance(value, Enum):
        return f"{kind.__name__}.{value.name}" if value.name else None
    if isinstance(value, Path):
        return f"Path({value.as_posix()!r})"
    if kind in _MOMENTS:
        return repr(value).replace("datetime.", "")
    if len(inside) == _MAX_DEPTH:
        return None
    within = (*inside, id(value))
    if kind in (list, tuple) and value:
        items = [_text(item, within) for item in islice(value, _MAX_LENGTH)]
        joined = ", ".join(items)
        return f"[{joined}]" if kind is list else f"({joined},)" if len(value) == 1 else f"({joined})"
    if kind is dict:
        items = [f"{_text(key, within)}: {_text(item, within)}" for key, item in islice(value.items(), _MAX_LENGTH)]
        return f"{{{', '.join(items)}}}"
    if _has_generated_repr(kind):
        shown = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.repr}
        fields = [f"{name}={_text(item, within)}" for name, item in shown.items()]
        return f"{kind.__qualname__}({', '.join(fields)})"
    return None


def _has_generated_repr(kind: type) -> bool:
    """Return True for a dataclass that does not define `__repr__` itself."""
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and parameters.repr and hasattr(vars(kind).get("__repr__"), "__wrapped__")
