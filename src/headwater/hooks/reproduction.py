"""Describes snapshot files and reruns the calls that they contain."""

from __future__ import annotations

import inspect
import pickle
import runpy
import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from headwater.errors import SnapshotError, error_text, short_repr
from headwater.execution.failure import user_traceback
from headwater.graph.portable import original
from headwater.hooks.snapshot_files import SnapshotDetails, read_call, read_details
from headwater.hooks.snapshots import error_name, source_of_function

if TYPE_CHECKING:
    from collections.abc import Generator
    from os import PathLike


def describe_snapshot(path: str | PathLike[str]) -> str:
    """Return the contents of a snapshot file as text, without running any code in the file.

    Raises:
        SnapshotError: the file is not a snapshot.
        OSError: the file cannot be read.
    """
    details = read_details(path)
    lines = [f"`{details.node}` ({details.location}) raised {details.error}: {details.message}"]
    if details.arguments:
        lines.append("called with")
        lines += [f"  {name} = {text}" for name, text in details.arguments.items()]
    if differences := details.environment.differences():
        lines.append("The environment has changed:")
        lines += [f"  {line}" for line in differences]
    return printable("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Reproduction:
    """The result of a rerun."""

    details: SnapshotDetails
    error: Exception | None
    """The exception that the rerun raised. None if the function returned a value."""
    value: Any
    source_has_changed: bool
    """True if the function's source differs from that in the snapshot."""

    @property
    def is_reproduced(self) -> bool:
        """True if the function raised the same exception again: an exception of the same class with the same text."""
        if self.error is None:
            return False
        return (error_name(self.error), error_text(self.error)) == (self.details.error, self.details.message)

    def __str__(self) -> str:
        changed = "The source of the function has changed.\n" if self.source_has_changed else ""
        if self.error is None:
            return printable(f"{changed}Not reproduced: the function returned {short_repr(self.value)}.")
        shown = "".join(traceback.format_exception(self.error)).rstrip()
        verdict = "Reproduced." if self.is_reproduced else "Not reproduced: the function raised a different exception."
        return printable(f"{changed}{shown}\n{verdict}")


def rerun_snapshot(path: str | PathLike[str]) -> Reproduction:
    """Rerun the call in a snapshot file. Use this only for files that you trust: a file can contain arbitrary code.

    Raises:
        SnapshotError: the file is not a snapshot, or its function or arguments cannot be loaded.
        OSError: the file cannot be read.
    """
    details = read_details(path)
    with _import_environment(details):
        try:
            function, arguments = pickle.loads(read_call(path))  # noqa: S301 - the caller trusts the file
        except OSError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise SnapshotError(f"The call to `{details.node}` cannot be loaded: {reason}.") from error
        function = original(function)
        now = source_of_function(function)
        has_changed = bool(details.source and now) and details.source != now
        try:
            return Reproduction(details, None, _value(function(*arguments)), has_changed)
        except Exception as error:  # noqa: BLE001 - the exception is the result
            return Reproduction(details, error.with_traceback(user_traceback(error.__traceback__)), None, has_changed)


def _value(returned: Any) -> Any:
    """Return the value of a call. An `async def` function is run to completion."""
    if not inspect.iscoroutine(returned):
        return returned
    import asyncio  # imported lazily: few functions need it

    return asyncio.run(returned)


@contextmanager
def _import_environment(details: SnapshotDetails) -> Generator[None]:
    """Within the block, find modules in the snapshot's folders, and use the snapshot's program as `__main__`."""
    paths, main = list(sys.path), sys.modules["__main__"]
    sys.path += [path for path in details.paths if path not in paths and Path(path).exists()]
    try:
        if details.main is not None and details.module == "__main__":
            sys.modules["__main__"] = _program(details.main)
        yield
    finally:
        sys.path[:] = paths
        sys.modules["__main__"] = main


def _program(path: str) -> ModuleType:
    """Return a program as a module, without running the code under `if __name__ == "__main__"`."""
    if not Path(path).is_file():
        raise SnapshotError(f"The program `{path}`, which defines the function, does not exist on this computer.")
    module = ModuleType("__main__")
    module.__dict__.update(runpy.run_path(path, run_name="__mp_main__"))
    return module


def printable(text: str) -> str:
    """Escape control characters, which could change what a terminal shows."""
    return "".join(
        character if character.isprintable() or character in "\n\t" else ascii(character)[1:-1] for character in text
    )
