"""The base classes of all errors and warnings, and functions that several error modules share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from headwater.errors.catalog import Cataloged
from headwater.introspection.source_location import SourceLocation


class HeadwaterError(Cataloged, Exception, has_page=False):
    """The root of all errors that Headwater raises."""

    remedy: str = ""
    """The part of the message that recommends calling a method of the driver or the builder. A page replaces it with advice for
    its visitors."""
    config_key: str | None = None
    """The missing config key that caused the error, if any."""

    def __init__(self, message: str, locations: Iterable[SourceLocation] = (), node: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.locations = tuple(locations)
        self.node = node
        self.add_note(self.docs_note)

    def __reduce__(self) -> tuple[object, ...]:
        # Subclass constructors do not take the message, so the finished error is copied instead of being constructed again.
        return _restore_error, (type(self), self.__dict__)

    def __str__(self) -> str:
        return self.message


def _restore_error(kind: type[HeadwaterError], state: Mapping[str, object]) -> HeadwaterError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class SeveralErrors(HeadwaterError):
    """Two or more errors that were found together, listed in `errors`."""

    def __init__(self, errors: Sequence[HeadwaterError]) -> None:
        self.errors = tuple(errors)
        listed = "\n\n".join(f"{number}. {type(error).__name__}: {error}" for number, error in enumerate(errors, start=1))
        super().__init__(
            f"{len(errors)} errors:\n\n{listed}", locations=[location for error in errors for location in error.locations]
        )


def raise_all(errors: Sequence[HeadwaterError]) -> None:
    """Raise the only error, or all errors as one `SeveralErrors`. Do nothing if there are no errors."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise SeveralErrors(errors)


class HeadwaterWarning(Cataloged, UserWarning, has_page=False):
    """The root of all warnings. To turn warnings into errors: `warnings.simplefilter("error", HeadwaterWarning)`."""


def error_text(error: BaseException) -> str:
    """Return the text of an exception."""
    try:
        return str(error)
    except Exception as other:  # noqa: BLE001 - formatting a user's exception may raise anything
        return f"<its str() raised {type(other).__name__}>"


def short_repr(value: object, limit: int = 80) -> str:
    """Return the repr of a value on one line of at most `limit` characters. Frames and arrays are shown by type and shape."""
    kind = type(value).__name__
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"<{kind} {' x '.join(str(extent) for extent in shape)}>"
    try:
        text = " ".join(repr(value).split())
    except Exception as error:  # noqa: BLE001 - a repr may raise anything
        return f"<{kind}: its repr raised {type(error).__name__}>"
    return text if len(text) <= limit else f"{text[: limit - 4]} ..."
