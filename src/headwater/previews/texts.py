"""Texts of values: never too long, never an exception, and plain texts whatever class they came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_TYPE: Final = 200
"""Characters that are shown of the name of a type."""
LONGEST_MESSAGE: Final = 4_000
"""Characters that are shown of what an error says."""


def clip(text: str, limit: int) -> tuple[str, bool]:
    """The first `limit` characters of a text, and whether some were cut; what cannot be sent as UTF-8 is replaced."""
    plain = plain_characters(text)
    head = plain[:limit].encode("utf-8", "replace").decode("utf-8")
    return head, len(plain) > limit


def truncate(text: str, limit: int) -> str:
    """A text of at most `limit` characters; an ellipsis stands where more was."""
    if type(text) is str and len(text) <= limit and text.isascii():
        return text  # nearly every text of a graph
    head, cut = clip(text, limit)
    return f"{head[: limit - 1]}…" if cut else head


def plain_characters(text: str) -> str:
    """The characters of a text: a class of texts may answer any other question as it likes."""
    return str.__str__(text)


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
    return "None" if value is None else class_name(type(value))


def class_name(cls: type) -> str:
    """The name that a class was given, whatever its metaclass says."""
    return truncate(_NAME(cls), LONGEST_TYPE)


_NAME: Final[Callable[[type], str]] = vars(type)["__name__"].__get__


def _asked(value: Any, how: Callable[[Any], str]) -> str:
    try:
        return plain_characters(how(value))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - a user's object may raise anything here
        return f"<{type_name(value)} that cannot be printed: {type_name(error)}>"
