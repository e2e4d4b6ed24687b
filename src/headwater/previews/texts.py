"""Texts of values: never too long, never an exception."""

from __future__ import annotations

from typing import Any, cast


def capped(text: str, limit: int) -> tuple[str, bool]:
    """The first `limit` characters of a text, and whether some were cut; what cannot be sent as UTF-8 is replaced."""
    head = text[:limit].encode("utf-8", "replace").decode("utf-8")
    return head, len(text) > limit


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters; an ellipsis stands where more was."""
    head, cut = capped(text, limit)
    return f"{head[: limit - 1]}…" if cut else head


def text_of(value: Any) -> str:
    """`repr(value)`, whatever the value does when asked for it."""
    return _asked(value, repr)


def plain_text_of(value: Any) -> str:
    """`str(value)`, whatever the value does when asked for it."""
    return _asked(value, str)


def class_of(value: Any) -> Any:
    """A value's class: what is looked for there, no `__getattr__` of the value makes up."""
    return cast("Any", type(value))


def type_name(value: Any) -> str:
    """The name of a value's type as a reader would write it; None for None, as in annotations."""
    return "None" if value is None else type(value).__name__


def _asked(value: Any, how: type[str] | Any) -> str:
    try:
        return str(how(value))
    except Exception as error:  # noqa: BLE001 - a user's object may raise anything here
        return f"<{type_name(value)} that cannot be printed: {type(error).__name__}>"
