"""What a dataflow of a session has in place of a terminal and of a process that it could end."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

NO_CONSOLE: Final = (
    "A dataflow has no console, so nothing can be typed while it runs. Make the value a parameter of the function: "
    "it becomes an input, with a field under Inputs."
)


class NoConsole(io.TextIOBase):
    """A standard input that says why nothing comes from it: `input()` and the like raise an `EOFError`."""

    def readable(self) -> bool:
        """Always: reading is what raises."""
        return True

    def read(self, *_: Any) -> NoReturn:
        """Raises an EOFError."""
        raise EOFError(NO_CONSOLE)

    def readline(self, *_: Any) -> NoReturn:
        """Raises an EOFError."""
        raise EOFError(NO_CONSOLE)

    def __next__(self) -> NoReturn:
        raise EOFError(NO_CONSOLE)


_ENDING: Final = ("_exit", "abort")
"""The functions of `os` that end the process at once, whatever else it does."""


@contextmanager
def without_console() -> Generator[None]:
    """Meanwhile nothing is read from the terminal, and `os._exit()` ends the function that calls it and no more."""
    stdin = sys.stdin
    ending: dict[str, Callable[..., NoReturn]] = {name: getattr(os, name) for name in _ENDING}
    sys.stdin = NoConsole()
    for name, function in ending.items():
        setattr(os, name, _raising(name, function))
    try:
        yield
    finally:
        sys.stdin = stdin
        for name, function in ending.items():
            setattr(os, name, function)


def _raising(name: str, original: Callable[..., NoReturn]) -> Callable[..., NoReturn]:
    own = os.getpid()

    def refuse(*arguments: Any) -> NoReturn:
        if os.getpid() != own:  # a forked child may end
            original(*arguments)
        raise SystemExit(arguments[0] if arguments else f"os.{name}()")

    return refuse
