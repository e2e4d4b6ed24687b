"""`Progress`: shows how many nodes in a run have been computed."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Final, Literal, Protocol, TextIO, cast, get_args

from headwater.errors import short_repr
from headwater.execution.observer import Observer
from headwater.libraries.support import integration_module_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from headwater.execution.middleware import Call
    from headwater.execution.observer import RunInfo, Task
    from headwater.execution.outcome import Failed, Outcome, Succeeded
    from headwater.graph.node import Node

Style = Literal["rich", "tqdm", "text"]
_STYLES: Final = get_args(Style)
_UPDATES: Final = 100
"""The maximum number of updates while a function is called once for each element."""


class Bar(Protocol):
    """A progress bar for one run."""

    def show(self, name: str) -> None:
        """Show the name of the node that is being computed."""
        ...

    def show_elements(self, name: str, ended: int, total: int) -> None:
        """Show the number of elements for which a node's function has been called."""
        ...

    def advance(self, name: str) -> None:
        """Count a node as completed."""
        ...

    def close(self) -> None:
        """Stop updating the bar, and leave it as it is."""
        ...


class Progress(Observer):
    """An observer that shows how many nodes in a run have been computed.

    While a function is called once for each element, the text also shows how many of these calls have ended.

    Args:
        title: the text before the bar.
        style: "rich" or "tqdm", which must be installed, or "text". By default, the first of these that is installed.
        stream: the stream to write to. By default, the standard error stream.

    Raises:
        ValueError: the style is unknown.
        ModuleNotFoundError: the style's library is not installed.

    >>> import sys
    >>> from headwater import Builder
    >>> from headwater.hooks import Progress
    >>> def price() -> float:
    ...     return 10.0
    >>> def total(price: float) -> float:
    ...     return price * 2
    >>> driver = Builder().with_functions(price, total).build()
    >>> driver.execute(["total"], hooks=[Progress("prices", style="text", stream=sys.stdout)])
    prices: 1 of 2, price
    prices: 2 of 2, total
    {'total': 20.0}
    """

    def __init__(self, title: str = "nodes", *, style: Style | None = None, stream: TextIO | None = None) -> None:
        if style is not None and style not in _STYLES:
            raise ValueError(f"`style` must be {', '.join(map(repr, _STYLES))} or None, not {short_repr(style)}.")
        self._title = title
        self._style: Style = style or _installed_style()
        self._stream = stream
        if self._style != "text":
            _library(self._style)

    @property
    def style(self) -> Style:
        """The style of the bar."""
        return self._style

    def for_run(self, run: RunInfo) -> Observer:
        """Return an observer with a bar for this run."""
        return _ProgressOfRun(self)

    def bar(self, total: int) -> Bar:
        """Return a new bar for a number of nodes."""
        stream = self._stream or sys.stderr
        if self._style == "text":
            return TextBar(self._title, total, stream)
        new_bar: Bar = _library(self._style).new_bar(self._title, total, stream)
        return new_bar


class _ProgressOfRun(Observer):
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bar: Bar | None = None
        self._names: frozenset[str] = frozenset()
        self._ended_tasks: dict[str, int] = {}
        """For functions that are called once for each element, the number of ended calls, keyed by node name."""

    def queued(self, nodes: Sequence[Node]) -> None:
        self._names = frozenset(node.name for node in nodes)
        self._bar = self._progress.bar(len(nodes))

    def started(self, call: Call) -> None:
        if self._bar is not None:
            self._bar.show(call.node.name)

    def task_ended(self, task: Task, outcome: Succeeded | Failed) -> None:
        before = self._ended_tasks.get(task.node.name, 0)
        ended = self._ended_tasks[task.node.name] = before + 1
        if self._bar is not None and ended * _UPDATES // task.total > before * _UPDATES // task.total:
            self._bar.show_elements(task.node.name, ended, task.total)

    def ended(self, node: Node, outcome: Outcome) -> None:
        if self._bar is not None and node.name in self._names:
            self._bar.advance(node.name)

    def run_ended(self, run: RunInfo, outcome: Succeeded | Failed) -> None:
        if self._bar is not None:
            self._bar.close()


class TextBar:
    """A plain-text progress bar.

    In a terminal, a single line is updated. Otherwise, at most 20 lines are written for the run, and at most 20 for each mapped
    node.
    """

    def __init__(self, title: str, total: int, stream: TextIO) -> None:
        self._title = title
        self._total = total
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._done = 0
        self._width = 0

    def show(self, name: str) -> None:
        """Do nothing, because a line is written when a node ends."""

    def show_elements(self, name: str, ended: int, total: int) -> None:
        """Write a line if one is due."""
        if self._is_terminal or ended * 20 // total > (ended - 1) * 20 // total:
            self._write(f"{name} {ended:,} of {total:,}")

    def advance(self, name: str) -> None:
        """Count a node as completed, and write a line if one is due."""
        before = self._done * 20 // self._total
        self._done += 1
        if self._is_terminal or self._done * 20 // self._total > before:
            self._write(name)

    def _write(self, text: str) -> None:
        line = f"{self._title}: {self._done} of {self._total}, {text}"
        if self._is_terminal:
            self._stream.write(f"\r{line:<{self._width}}")
            self._width = len(line)
            self._stream.flush()
        else:
            self._stream.write(f"{line}\n")

    def close(self) -> None:
        """End the line."""
        if self._is_terminal and self._width:
            self._stream.write("\n")


def _installed_style() -> Style:
    for style in ("rich", "tqdm"):
        try:
            _library(style)
        except ModuleNotFoundError:
            continue
        return style
    return "text"


def _library(style: str) -> _Library:
    return cast("_Library", importlib.import_module(integration_module_name(style, "progress")))


class _Library(Protocol):
    """A library module with progress bars."""

    def new_bar(self, title: str, total: int, stream: TextIO) -> Bar:
        """Return a new bar."""
        ...
