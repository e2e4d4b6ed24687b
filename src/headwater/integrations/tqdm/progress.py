"""Progress bars with tqdm."""

from __future__ import annotations

from typing import Any, TextIO

from tqdm.auto import tqdm


class TqdmBar:
    """A progress bar from tqdm, with the name of the current node."""

    def __init__(self, title: str, total: int, stream: TextIO) -> None:
        self._bar: Any = tqdm(total=total, desc=title, file=stream, unit="node")

    def show(self, name: str) -> None:
        """Show the name of the node that is being computed."""
        self._bar.set_postfix_str(name, refresh=False)

    def show_elements(self, name: str, ended: int, total: int) -> None:
        """Show the number of elements for which a node's function has been called."""
        self._bar.set_postfix_str(f"{name} {ended:,} of {total:,}")

    def advance(self, name: str) -> None:
        """Count a node as completed."""
        self._bar.set_postfix_str(name, refresh=False)
        self._bar.update(1)

    def close(self) -> None:
        """Stop updating the bar."""
        self._bar.close()


def new_bar(title: str, total: int, stream: TextIO) -> TqdmBar:
    """Return a new bar."""
    return TqdmBar(title, total, stream)
