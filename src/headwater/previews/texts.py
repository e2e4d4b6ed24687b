"""Converts values to text, which is always a plain `str` and never too long. Never raises an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TYPE_LENGTH: Final = 200
"""The maximum number of characters shown for a type name."""
MAX_MESSAGE_LENGTH: Final = 4_000
"""The maximum number of characters shown for an error message."""


def clip(text: str, limit: int) -> tuple[str, bool]:
    """Return the first `limit` characters, and whether the text was cut. Characters that UTF-8 cannot encode are replaced."""
    plain = plain_characters(text)
    head = plain[:limit].encode("utf-8", "replace").decode("utf-8")
    return head, len(plain) > limit


def truncate(text: str, limit: int) -> str:
    """Shorten text to at most `limit` characters. Shortened text ends with an ellipsis."""
    if type(text) is str and len(text) <= limit and text.isascii():
        return text  # a fast path for nearly all strings in a graph
    head, cut = clip(text, limit)
    return f"{head[: limit - 1]}…" if cut else head


def plain_characters(text: str) -> str:
    """Return a plain `str`, because a subclass may override any method."""
    return str.__str__(text)


def text_of(value: Any) -> str:
    """Return `repr(value)`, or a description of the value if `repr` raises."""
    return _call_safely(value, repr)


def plain_text_of(value: Any) -> str:
    """Return `str(value)`, or a description of the value if `str` raises."""
    return _call_safely(value, str)


def class_of(value: Any) -> Any:
    """Return the class of a value, for lookups that bypass the value's `__getattr__`."""
    return cast("Any", type(value))


def type_name(value: Any) -> str:
    """Return the name of a value's type as written in annotations. For None, it is "None"."""
    return "None" if value is None else class_name(type(value))


def class_name(cls: type) -> str:
    """Return the name of a class, regardless of its metaclass."""
    return truncate(_NAME(cls), MAX_TYPE_LENGTH)


_NAME: Final[Callable[[type], str]] = vars(type)["__name__"].__get__


def _call_safely(value: Any, convert: Callable[[Any], str]) -> str:
    try:
        return plain_characters(convert(value))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a user's object may raise anything
        return f"<{type_name(value)} that cannot be printed: {type_name(error)}>"
