"""Measurements and the tables that show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of a table: a label, the samples and the largest acceptable median."""

    label: str
    samples: Sequence[float]
    unit: str
    goal: float | None = None

    @property
    def median(self) -> float:
        """The median of the samples. A single slow sample hardly affects it."""
        return median(self.samples)

    def row(self) -> str:
        """Return a row of a Markdown table."""
        goal = "" if self.goal is None else f"{_short(self.goal)} {self.unit}"
        spread = f"{_short(min(self.samples))} to {_short(max(self.samples))}"
        return f"| {self.label} | {_short(self.median)} {self.unit} | {spread} | {goal} |"


def ratio(label: str, headwater: Sequence[float], hamilton: Sequence[float], goal: float | None = None) -> Figure:
    """Return the ratios of two engines, sample by sample. The two samples of each pair were measured one after the other."""
    return Figure(label, [first / second for first, second in zip(headwater, hamilton, strict=True)], "x", goal)


def table(figures: Sequence[Figure]) -> str:
    """Return a Markdown table."""
    head = ["| figure | median | range | goal, at most |", "|---|---|---|---|"]
    return "\n".join([*head, *(figure.row() for figure in figures)])


def _short(number: float) -> str:
    """Format a number with three significant digits."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
