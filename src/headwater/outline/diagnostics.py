"""`Diagnostic`: an error or warning about source text, with its location."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.errors import DecoratorWarning, HeadwaterError, HeadwaterWarning, LongName
from headwater.errors.catalog import page_of
from headwater.introspection.source_location import SourceLocation
from headwater.previews.texts import MAX_MESSAGE_LENGTH, truncate
from headwater.wire.views import ProblemView


class OutlineWarning(HeadwaterWarning):
    """A warning about a possible problem in source text, or about a fact that is known only at run time."""

    def __init__(self, message: str, node: str | None = None) -> None:
        super().__init__(message)
        self.node = node


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An error or a warning with its line and column."""

    error: Exception
    location: SourceLocation | None = None
    """The location to mark. None to mark the first location of the error."""
    column: int | None = None
    """1-based."""
    node: str | None = None

    @property
    def view(self) -> ProblemView:
        """The diagnostic as a problem in the wire format."""
        error = self.error
        own_locations = error.locations if isinstance(error, HeadwaterError) else ()
        location = self.location or (own_locations[0] if own_locations else None)
        named = (error.node if isinstance(error, HeadwaterError | OutlineWarning | DecoratorWarning) else None) or self.node
        problem: ProblemView = {
            "kind": type(error).__name__,
            "severity": "warning" if isinstance(error, Warning) else "error",
            "message": truncate(str(error), MAX_MESSAGE_LENGTH),
            "file": location.file if location else None,
            "line": location.line if location else None,
            "column": self.column,
            "node": named and truncate(named, LongName.MAX_LENGTH),
            "frames": [],
        }
        if page := page_of(error):
            problem["docs"] = page
        return problem


def syntax_diagnostic(error: Exception, file: str) -> Diagnostic:
    """Return the diagnostic for text that is not valid Python."""
    if not isinstance(error, SyntaxError):  # a ValueError for null bytes, or nesting that is too deep for the parser
        return Diagnostic(SyntaxError(f"{file} is not valid Python: {error}."), SourceLocation(file, 1))
    message = SyntaxError(error.msg or "invalid syntax")
    return Diagnostic(type(error)(message.msg), SourceLocation(file, error.lineno or 1), error.offset or None)
