"""`CacheFiles`: the files of cached values, in a folder or at a URL."""

from __future__ import annotations

import contextlib
import importlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from headwater.errors import CacheError
from headwater.libraries.installation import install_command
from headwater.libraries.support import integration_module

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPORARY: Final = ".part-"
_ABANDONED: Final = 24 * 60 * 60
"""After this many seconds, a temporary file is assumed to belong to a writer that was killed."""


class FileInfo(NamedTuple):
    """The name of a file, and its size in bytes."""

    name: str
    size: int


class CacheFiles(Protocol):
    """Files that are accessed by name. A name may start with one folder: `folder/file`."""

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises `OSError` if the file does not exist."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Create or replace a file. Readers see either the old content or all of the new content."""

    def exists(self, name: str) -> bool:
        """Return True if the file exists."""
        ...

    def delete(self, name: str) -> None:
        """Delete a file, if it exists."""

    def files(self) -> Iterator[FileInfo]:
        """Yield all files."""
        ...

    def clean(self) -> None:
        """Delete files left behind by killed writers."""


class LocalFiles:
    """Files in a folder. Each file is written under a temporary name, and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return (self._folder / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Create or replace a file."""
        path = self._folder / name
        temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}")
        try:
            try:
                temporary.write_bytes(data)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(data)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise

    def exists(self, name: str) -> bool:
        """Return True if the file exists."""
        return (self._folder / name).is_file()

    def delete(self, name: str) -> None:
        """Delete a file, if it exists."""
        (self._folder / name).unlink(missing_ok=True)

    def files(self) -> Iterator[FileInfo]:
        """Yield all files."""
        for path in self._folder.glob("*/*"):
            if not path.name.startswith(_TEMPORARY):
                yield FileInfo(f"{path.parent.name}/{path.name}", path.stat().st_size)

    def clean(self) -> None:
        """Delete temporary files that are more than a day old."""
        for path in self._folder.glob(f"*/{_TEMPORARY}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()


def open_files(folder: Path, url: str | None) -> CacheFiles:
    """Return the files in a folder, or those at a URL.

    Raises:
        CacheError: `fsspec` is not installed, or the URL is invalid.
    """
    if url is None:
        return LocalFiles(folder)
    try:
        importlib.import_module("fsspec")
    except ImportError:
        raise CacheError(f"`{url}` needs fsspec, which is not installed. Run {install_command('fsspec')}.") from None
    module = integration_module("fsspec", "urls")
    assert module is not None
    files: CacheFiles = module.open_url(url)
    return files
