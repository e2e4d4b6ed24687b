"""What a measurement is, and how measurements are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, the samples, and what it may be at most."""

    what: str
    samples: Sequence[float]
    unit: str
    goal: float | None = None

    @property
    def middle(self) -> float:
        """The median: one slow moment of the machine does not move it."""
        return median(self.samples)

    def row(self) -> str:
        """A row of a Markdown table."""
        goal = "" if self.goal is None else f"{_short(self.goal)} {self.unit}"
        spread = f"{_short(min(self.samples))} to {_short(max(self.samples))}"
        return f"| {self.what} | {_short(self.middle)} {self.unit} | {spread} | {goal} |"


def ratio(what: str, ours: Sequence[float], theirs: Sequence[float], goal: float | None = None) -> Figure:
    """Ours as a part of theirs, sample by sample: the two of a pair were measured one after the other."""
    return Figure(what, [our / their for our, their in zip(ours, theirs, strict=True)], "x", goal)


def table(figures: Sequence[Figure]) -> str:
    """A Markdown table."""
    head = ["| figure | median | range | goal, at most |", "|---|---|---|---|"]
    return "\n".join([*head, *(figure.row() for figure in figures)])


def _short(number: float) -> str:
    """Three digits that mean something."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
