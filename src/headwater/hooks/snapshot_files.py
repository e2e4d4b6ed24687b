"""Snapshot files: ZIP archives that hold details as JSON, which is safe to read, and a call as a pickle, which is unsafe."""

from __future__ import annotations

import dataclasses
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import SnapshotError
from headwater.hooks.environment import Environment
from headwater.io.atomic import replacing

if TYPE_CHECKING:
    from os import PathLike

_VERSION: Final = 1
_DETAILS: Final = "details.json"
_CALL: Final = "call.pickle"
_MAX_DETAILS: Final = 10_000_000
"""The maximum size of the details, in bytes. An archive may expand to any size."""


@dataclass(frozen=True, slots=True)
class SnapshotDetails:
    """The part of a snapshot that can be read without running code."""

    node: str
    location: str
    module: str
    source: str
    """The function's source code. Empty if it was not available."""
    arguments: Mapping[str, str]
    """The arguments as text, keyed by parameter."""
    error: str
    """The name of the exception's class."""
    message: str
    traceback: str
    paths: tuple[str, ...]
    """The folders from which modules were imported."""
    main: str | None
    """The file of the program that ran as `__main__`. A process that reruns the call has a different `__main__`."""
    environment: Environment


def write_snapshot(path: str | PathLike[str], details: SnapshotDetails, call: bytes) -> None:
    """Write a snapshot file.

    Raises:
        OSError: the file cannot be written.
    """
    text = json.dumps({"version": _VERSION, **dataclasses.asdict(details)}, indent=1)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_DETAILS, text)
        archive.writestr(_CALL, call)


def read_details(path: str | PathLike[str]) -> SnapshotDetails:
    """Return the details of a snapshot file without running any code in the file.

    Raises:
        SnapshotError: the file is not a snapshot.
        OSError: the file cannot be read.
    """
    try:
        content: Any = json.loads(_read(path, _DETAILS, _MAX_DETAILS))
    except (ValueError, RecursionError):
        raise _not_a_snapshot(path) from None
    if not isinstance(content, dict) or content.pop("version", None) != _VERSION:
        raise _not_a_snapshot(path)
    try:
        return _details(content)
    except (AttributeError, KeyError, TypeError):
        raise _not_a_snapshot(path) from None


def read_call(path: str | PathLike[str]) -> bytes:
    """Return the pickled call.

    Raises:
        SnapshotError: the file is not a snapshot.
        OSError: the file cannot be read.
    """
    return _read(path, _CALL, None)


def _read(path: str | PathLike[str], name: str, limit: int | None) -> bytes:
    with Path(path).open("rb") as opened:
        try:
            with zipfile.ZipFile(opened) as archive, archive.open(name) as file:
                content = file.read() if limit is None else file.read(limit + 1)
        except Exception:  # noqa: BLE001 - `zipfile` raises a dozen kinds of errors for damaged archives
            raise _not_a_snapshot(path) from None
    if limit is not None and len(content) > limit:
        raise SnapshotError(f"The details of `{path}` are larger than {limit:,} bytes.")
    return content


def _details(content: dict[str, Any]) -> SnapshotDetails:
    main, environment = content["main"], content["environment"]
    paths = [_text(path) for path in content["paths"]]
    texts = ("node", "location", "module", "source", "error", "message", "traceback")
    return SnapshotDetails(
        **{name: _text(content[name]) for name in texts},
        arguments=_texts(content["arguments"]),
        paths=tuple(paths),
        main=None if main is None else _text(main),
        environment=Environment(
            python=_text(environment["python"]),
            platform=_text(environment["platform"]),
            packages=_texts(environment["packages"]),
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(mapping: Any) -> dict[str, str]:
    return {name: _text(value) for name, value in mapping.items()}


def _not_a_snapshot(path: str | PathLike[str]) -> SnapshotError:
    return SnapshotError(f"`{path}` is not a snapshot from this version of Headwater, or it is damaged.")
