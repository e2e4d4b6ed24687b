"""Errors that hold only if a run makes of the code what its text tells: they become warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from headwater.errors import DecoratorError, HeadwaterError, IncompatibleInput
from headwater.introspection.source_location import SourceLocation
from headwater.outline.decorators import SourceFunctions
from headwater.outline.diagnostics import Diagnostic, OutlineWarning

_COMBINING: Final = frozenset(
    {"does", "mutate", "parameterized_subdag", "pipe_input", "pipe_output", "resolve", "subdag", "with_columns"}
)
"""Decorators that put other functions to work."""


@dataclass(frozen=True, slots=True)
class UncertainFunctions:
    """The functions of which a run may make something else than their text tells.

    They have a decorator of another library, or one with computed arguments; or are defined in a branch that may not be taken.
    """

    _lines: Mapping[str, tuple[tuple[int, int], ...]]
    """For each file, the first and the last lines of such functions."""

    @classmethod
    def of(cls, source_functions: SourceFunctions) -> Self:
        """The doubts about some functions."""
        lines: dict[str, list[tuple[int, int]]] = {}
        for one in source_functions.values():
            if one.is_uncertain or one.module.is_uncertain:
                lines.setdefault(one.module.file, []).append((one.first_line, one.source.end_lineno or one.source.lineno))
        return cls({file: tuple(spans) for file, spans in lines.items()})

    def downgrade(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics, those that may not hold in a run as warnings."""
        for diagnostic in diagnostics:
            yield self._as_warning(diagnostic) if self._is_uncertain(diagnostic) else diagnostic

    def _is_uncertain(self, diagnostic: Diagnostic) -> bool:
        error = diagnostic.error
        if isinstance(error, Warning | SyntaxError) or not self._lines:
            return False
        if isinstance(error, IncompatibleInput):
            return True  # one of the functions may make the node that is taken for an input
        if isinstance(error, DecoratorError) and error.decorator in _COMBINING:
            return True  # it may put one of the functions to work
        locations = error.locations if isinstance(error, HeadwaterError) else ()
        return any(
            self._is_within(location) for location in (*locations, *([diagnostic.location] if diagnostic.location else []))
        )

    def _is_within(self, location: SourceLocation) -> bool:
        return any(first <= location.line <= last for first, last in self._lines.get(location.file, ()))

    def _as_warning(self, diagnostic: Diagnostic) -> Diagnostic:
        error = diagnostic.error
        node = error.node if isinstance(error, HeadwaterError) else diagnostic.node
        locations = error.locations if isinstance(error, HeadwaterError) else ()
        message = f"{error}\nOnly a run can tell whether this is so: it may make something else of these functions."
        return replace(
            diagnostic, error=OutlineWarning(message, node), location=diagnostic.location or next(iter(locations), None)
        )
