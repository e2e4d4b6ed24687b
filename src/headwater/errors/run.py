"""Errors of values that turn out wrong while a dataflow runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headwater.errors.base import HeadwaterError, short_repr
from headwater.errors.suggestions import did_you_mean
from headwater.introspection.source_location import SourceLocation


class RunError(HeadwaterError):
    """A value turned out wrong while the dataflow ran."""


class MissingPart(RunError, KeyError):
    """A column or field that a decorator promises is not in the value."""

    def __init__(self, part: str, name: str, function: str, present: Iterable[object], location: SourceLocation) -> None:
        """`part` is "column" or "field"."""
        names = [str(other) for other in present]
        suggestion = did_you_mean(name, names)
        shown = ", ".join(f"`{other}`" for other in names[:12]) + (" ..." if len(names) > 12 else "")
        super().__init__(
            f"`{function}` ({location}) returned no {part} `{name}`.{suggestion} It has: {shown or 'none'}.",
            [location],
            function,
        )

    __str__ = HeadwaterError.__str__  # KeyError would print the repr


class DuplicateColumn(RunError, ValueError):
    """A frame has several columns of the name that a decorator takes one of."""

    def __init__(self, name: str, number: int, function: str, location: SourceLocation) -> None:
        message = f"`{function}` ({location}) returned {number} columns named `{name}`. Rename all but one of them."
        super().__init__(message, [location], function)


class MissingVariable(RunError, KeyError):
    """Environment variables that a loader reads are not set."""

    def __init__(self, missing: Sequence[str], known: Iterable[str]) -> None:
        self.missing = tuple(missing)
        listed = ", ".join(f"`{name}`" for name in missing)
        suggestion = did_you_mean(missing[0], known)
        super().__init__(f"The environment has no {listed}.{suggestion} Set it before the program starts.")

    __str__ = HeadwaterError.__str__  # KeyError would print the repr


class WrongAdapterResult(RunError, TypeError):
    """A loader or saver returned something else than it should."""

    def __init__(self, who: str, wanted: str, value: object) -> None:
        """`who` returned the value in the place of what was `wanted`."""
        super().__init__(f"{who} has to return {wanted}, and returned {type(value).__qualname__}: {short_repr(value)}.")


class ChecksFailed(RunError):
    """Checks with importance "fail" did not pass; `failures` holds what each said."""

    def __init__(self, node: str, failures: Sequence[str], location: SourceLocation) -> None:
        self.failures = tuple(failures)
        listed = "\n".join(f"  - {failure}" for failure in failures)
        super().__init__(f"The value of `{node}` ({location}) does not pass its checks:\n{listed}", [location], node)
