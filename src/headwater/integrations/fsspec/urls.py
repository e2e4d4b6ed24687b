"""Cached values at an fsspec URL: in a bucket, in memory or on a server."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, Final

import fsspec.core  # type: ignore[import-untyped]

from headwater.caching.cache_files import FileInfo
from headwater.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPORARY: Final = ".part-"
_RENAMES: Final = frozenset({"file", "local", "sftp", "ssh", "hdfs", "smb"})
"""Protocols of file systems on which a file is first written under a temporary name, so that no process sees a partial file.

In a bucket, an object is visible only after it is complete.
"""


class RemoteFiles:
    """The files below a URL. The file system is expected to raise only `OSError`."""

    def __init__(self, system: Any, root: str) -> None:
        self._system = system
        self._root = root.rstrip("/")
        protocol = system.protocol
        self._renames = not _RENAMES.isdisjoint((protocol,) if isinstance(protocol, str) else protocol)

    def read(self, name: str) -> bytes:
        """Return the content of a file."""
        return bytes(self._system.cat_file(self._path(name)))

    def write(self, name: str, data: bytes) -> None:
        """Create or replace a file."""
        path = self._path(name)
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        if not self._renames:
            self._system.pipe_file(path, data)
            return
        temporary = f"{path.rpartition('/')[0]}/{_TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}"
        try:
            self._system.pipe_file(temporary, data)
            self._system.mv(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                self._system.rm_file(temporary)
            raise

    def exists(self, name: str) -> bool:
        """Return True if the file exists."""
        return bool(self._system.isfile(self._path(name)))

    def delete(self, name: str) -> None:
        """Delete a file, if it exists."""
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def files(self) -> Iterator[FileInfo]:
        """Yield all files."""
        found: dict[str, Any] = self._system.find(self._root, detail=True)
        for path, details in found.items():
            *_, folder, name = path.split("/")
            if not name.startswith(_TEMPORARY):
                yield FileInfo(f"{folder}/{name}", int(details.get("size") or 0))

    def clean(self) -> None:
        """Do nothing, because other users' temporary files may be in use."""

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def open_url(url: str) -> RemoteFiles:
    """Return the files below a URL.

    Raises:
        CacheError: the URL is not valid, or its file system is not installed.
    """
    try:
        system, root = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise CacheError(f"Cannot open `{url}`: {error}") from error
    return RemoteFiles(system, root)
