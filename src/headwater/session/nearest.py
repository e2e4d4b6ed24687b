"""What the user may have meant by a name that was not found."""

from __future__ import annotations

import builtins
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import HeadwaterError
from headwater.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import FrameType

FRAMES: Final = 5
"""Functions around an error whose variables are searched for a key."""
KEYS: Final = 1_000
"""Keys of one value that are compared."""


def nearest(error: BaseException, frames: Sequence[FrameType]) -> str:
    """The nearest name, as the end of a message; empty if there is none.

    Python's own tracebacks suggest names and attributes, in newer versions only; this does in all, and keys and columns too.

    Args:
        error: what was raised.
        frames: where in the user's code, innermost first.
    """
    try:
        name, groups = _meant(error, frames)
        found = next(filter(None, (did_you_mean(name, group) for group in groups)), "")
    except Exception:  # noqa: BLE001 - asks the user's objects for their attributes and keys
        return ""
    return f".{found}" if found else ""


def _meant(error: BaseException, frames: Sequence[FrameType]) -> tuple[str, Iterable[Iterable[str]]]:
    """The name that was not found, and the names that were there, those of the nearest surroundings first."""
    match error:
        case HeadwaterError():  # says what is near itself
            return "", ()
        case AttributeError(name=str(name), obj=owner) if owner is not None:
            return name, [[known for known in dir(owner) if not known.startswith("_")]]
        case NameError(name=str(name)) if frames:
            return name, (frames[0].f_locals, frames[0].f_globals, vars(builtins))
        case KeyError(args=(str(name),)):
            return name, (_keys(value) for frame in frames[:FRAMES] for value in frame.f_locals.values())
        case _:
            return "", ()


def _keys(value: Any) -> Iterator[str]:
    """The names by which something is taken out of a value: the keys of a dictionary, the columns of a frame."""
    keys: Iterable[Any] = value if isinstance(value, dict) else getattr(value, "columns", ())
    return (key for key in islice(keys, KEYS) if isinstance(key, str))
