"""Progress bars with rich."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress


class RichBar:
    """A progress bar from rich, with the name of the current node."""

    def __init__(self, title: str, total: int, stream: TextIO) -> None:
        self._progress = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[node]}"),
            console=Console(file=stream),
        )
        self._task = self._progress.add_task(title, total=total, node="")
        self._progress.start()

    def show(self, name: str) -> None:
        """Show the name of the node that is being computed."""
        self._progress.update(self._task, node=name)

    def show_elements(self, name: str, ended: int, total: int) -> None:
        """Show the number of elements for which a node's function has been called."""
        self._progress.update(self._task, node=f"{name} {ended:,} of {total:,}")

    def advance(self, name: str) -> None:
        """Count a node as completed."""
        self._progress.update(self._task, advance=1, node=name)

    def close(self) -> None:
        """Stop updating the bar."""
        self._progress.stop()


def new_bar(title: str, total: int, stream: TextIO) -> RichBar:
    """Return a new bar."""
    return RichBar(title, total, stream)
