"""Warnings about errors that might not occur in a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from headwater.errors import DecoratorError, HeadwaterError, IncompatibleInput
from headwater.introspection.source_location import SourceLocation
from headwater.outline.decorators import SourceFunctions
from headwater.outline.diagnostics import Diagnostic, OutlineWarning

_USING_FUNCTIONS: Final = frozenset(
    {"does", "mutate", "parameterized_subdag", "pipe_input", "pipe_output", "resolve", "subdag", "with_columns"}
)
"""Decorators that use other functions."""


@dataclass(frozen=True, slots=True)
class UncertainFunctions:
    """The functions that may be different in a run.

    These functions have a decorator from another library or with computed arguments, or are in a branch that might not
    be taken.
    """

    _lines: Mapping[str, tuple[tuple[int, int], ...]]
    """The first and last lines of these functions, keyed by file."""

    @classmethod
    def of(cls, source_functions: SourceFunctions) -> Self:
        """Find the uncertain functions."""
        lines: dict[str, list[tuple[int, int]]] = {}
        for function in source_functions.values():
            if function.is_uncertain or function.module.is_uncertain:
                span = (function.first_line, function.source.end_lineno or function.source.lineno)
                lines.setdefault(function.module.file, []).append(span)
        return cls({file: tuple(spans) for file, spans in lines.items()})

    def downgrade(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the diagnostics. Errors that might not occur in a run become warnings."""
        for diagnostic in diagnostics:
            yield self._as_warning(diagnostic) if self._is_uncertain(diagnostic) else diagnostic

    def _is_uncertain(self, diagnostic: Diagnostic) -> bool:
        error = diagnostic.error
        if isinstance(error, Warning | SyntaxError) or not self._lines:
            return False
        if isinstance(error, IncompatibleInput):
            return True  # an uncertain function may compute the node that looks like an input
        if isinstance(error, DecoratorError) and error.decorator in _USING_FUNCTIONS:
            return True  # the decorator may use an uncertain function
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
        message = (
            f"{error}\nOnly a run can tell whether this is an error: a decorator or a branch may change the functions involved."
        )
        return replace(
            diagnostic, error=OutlineWarning(message, node), location=diagnostic.location or next(iter(locations), None)
        )
