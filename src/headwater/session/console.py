"""Guards that keep a dataflow from reading the terminal and from ending the process."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

NO_CONSOLE: Final = (
    "A dataflow has no console, so it cannot ask for a value while it runs. Make the value a parameter of the function. "
    "The parameter then has a field under Inputs."
)


class NoConsole(io.TextIOBase):
    """A standard input without content. Reading from it, as `input()` does, raises an `EOFError` with an explanation."""

    def readable(self) -> bool:
        """Return True, because reading is possible but raises an error."""
        return True

    def read(self, *_: Any) -> NoReturn:
        """Raise an `EOFError`."""
        raise EOFError(NO_CONSOLE)

    def readline(self, *_: Any) -> NoReturn:
        """Raise an `EOFError`."""
        raise EOFError(NO_CONSOLE)

    def __next__(self) -> NoReturn:
        raise EOFError(NO_CONSOLE)


_EXITS: Final = ("_exit", "abort")
"""The functions in `os` that end the process immediately."""


@contextmanager
def without_console() -> Generator[None]:
    """Block reads from the terminal, and make `os._exit()` end only the function that calls it."""
    stdin = sys.stdin
    exits: dict[str, Callable[..., NoReturn]] = {name: getattr(os, name) for name in _EXITS}
    sys.stdin = NoConsole()
    for name, function in exits.items():
        setattr(os, name, _raising(name, function))
    try:
        yield
    finally:
        sys.stdin = stdin
        for name, function in exits.items():
            setattr(os, name, function)


def _raising(name: str, original: Callable[..., NoReturn]) -> Callable[..., NoReturn]:
    process = os.getpid()

    def refuse(*arguments: Any) -> NoReturn:
        if os.getpid() != process:  # a forked child process may exit
            original(*arguments)
        raise SystemExit(arguments[0] if arguments else f"os.{name}()")

    return refuse
