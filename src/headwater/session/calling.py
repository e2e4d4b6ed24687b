"""`Calling`: catches what a function prints and warns of, and watches whether it changes its arguments in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from headwater.hooks.mutation import Watched
from headwater.session.prints import CappedText, caught
from headwater.session.warned import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from headwater.errors import HeadwaterWarning
    from headwater.execution.policy import Call, Proceed
    from headwater.hooks.mutation import Changes
    from headwater.session.problems import Problems
    from headwater.views import ProblemView


@dataclass(frozen=True, slots=True)
class Said:
    """What a function said when it was called."""

    seconds: float
    prints: str
    problems: tuple[ProblemView, ...]
    """Its warnings."""


@dataclass(slots=True)
class Calling:
    """Middleware of one run of a session."""

    problems: Problems
    values: Container[str]
    """The names of the values that the run has. A parameter of another name took its default."""
    on_changes: Callable[[Changes], None]
    said: dict[str, Said] = field(default_factory=dict[str, Said])
    """By the names of nodes."""

    def around(self, call: Call, proceed: Proceed) -> Any:
        """Make a call. What it says is noted, also where it fails."""
        with caught():  # what an object prints when it is asked for its state is nobody's output
            watched = Watched.of(call, lambda dependency, _: dependency.source not in self.values)
        prints = CappedText()
        own: Sequence[HeadwaterWarning] = ()
        start = seconds = perf_counter()
        try:
            with caught(prints), noted() as own:
                try:
                    return proceed(watched.call)
                finally:
                    seconds = perf_counter() - start
        finally:
            with caught():
                changes = watched.changes()
            self.on_changes(changes)
            warned = tuple(self.problems.of_warning(one, call.node) for one in (*own, *changes.warnings))
            self.said[call.node.name] = Said(seconds, self.problems.relative(prints.text), warned)
