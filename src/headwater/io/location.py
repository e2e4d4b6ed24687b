"""Classification of an adapter's `path`: an open file, a URL, or a local file, folder or device."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, TypeGuard, cast

from headwater.errors import HeadwaterError
from headwater.io.protocol import FileLocation, FilePath

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FILE_URL: Final = re.compile(r"file://(localhost)?(?=/)", re.IGNORECASE)
_MAX_LINKS: Final = 40


class UnsupportedLocation(HeadwaterError):
    """A format cannot read from or write to the given `path`."""


def is_open_file(location: object) -> TypeGuard[IO[Any]]:
    """Return True for an object with `read` or `write`, such as an open file or a buffer.

    >>> is_open_file(io.StringIO()), is_open_file("a.txt")
    (True, False)
    """
    return hasattr(location, "read") or hasattr(location, "write")


def is_text(file: object) -> bool:
    """Return True if an open file holds text rather than bytes."""
    if isinstance(file, io.IOBase):
        return isinstance(file, io.TextIOBase)
    mode = getattr(file, "mode", None)
    return "b" not in mode if isinstance(mode, str) else hasattr(file, "encoding")


def path_text(location: FileLocation) -> str:
    """Return a path as text, unchanged. The location must not be an open file."""
    return os.fsdecode(cast(FilePath, location))


def is_remote(location: FileLocation) -> bool:
    """Return True for a URL (`https://...`, `s3://...`) rather than a local file.

    >>> is_remote("s3://bucket/a.csv"), is_remote("file:///tmp/a.csv"), is_remote("a.csv")
    (True, False, False)
    """
    text = path_text(location)
    return _URL.match(text) is not None and _FILE_URL.match(text) is None


def local_path(path: FileLocation) -> str:
    """Return a local path as text, with `~` expanded and `file://` removed.

    >>> Path(local_path("file:///tmp/a%20b.csv")).name
    'a b.csv'
    """
    text = path_text(path)
    if _FILE_URL.match(text):
        from urllib.parse import unquote, urlsplit

        path = urlsplit(text).path
        if os.name != "nt":
            return unquote(path)
        from urllib.request import url2pathname  # handles drive letters; imported lazily, because it loads an HTTP client

        return url2pathname(path)
    return os.path.expanduser(text)  # noqa: PTH111 - `Path.expanduser` raises for an unknown user


@dataclass(frozen=True, slots=True)
class Target:
    """A local file or folder to write to, which might not exist yet."""

    path: Path
    """The real path, with all links followed."""
    name: str
    """The file name before links are followed. Libraries infer the compression from it."""
    status: os.stat_result | None
    """The result of `os.stat`. None if the file does not exist."""

    @property
    def is_folder(self) -> bool:
        """Return True for an existing folder."""
        return self.status is not None and stat.S_ISDIR(self.status.st_mode)


@dataclass(frozen=True, slots=True)
class Stream:
    """A pipe, a device, or an open descriptor such as `/dev/stdout`. It can be written to but not replaced."""

    path: Path
    name: str
    descriptor: int | None = None
    """The open file descriptor to which the path refers, if any."""

    def open(self) -> io.FileIO:
        """Open the stream for writing. Opening a named pipe blocks until it has a reader."""
        if self.descriptor is None:
            return io.FileIO(os.open(self.path, os.O_WRONLY), "wb")
        for stream in (sys.stdout, sys.stderr):  # flush text that was printed earlier
            if stream is not None:
                stream.flush()
        return io.FileIO(os.dup(self.descriptor), "wb")


def target_of(path: FilePath) -> Target | Stream:
    """Resolve a local path.

    Raises:
        IsADirectoryError: if the path ends with a slash and there is no such folder.
        OSError: for a socket, a block device, or a link loop.
    """
    text = local_path(path)
    name = Path(os.path.normpath(text)).name
    descriptor = _descriptor(text)
    if descriptor is not None:
        return Stream(Path(text), name, descriptor)
    try:
        status = os.stat(text)  # noqa: PTH116 - `Path` would drop a trailing slash
    except FileNotFoundError:
        return Target(Path(os.path.realpath(text)), name, None)
    if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode):
        return Target(Path(os.path.realpath(text)), name, status)
    if stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
        return Stream(Path(text), name)
    kind = "a socket" if stat.S_ISSOCK(status.st_mode) else "a block device"
    raise OSError(errno.EOPNOTSUPP, f"Cannot save to {kind}. Pass the path of a file or a pipe", text)


def _descriptor(path: str) -> int | None:
    """Return the file descriptor in a path such as `/dev/fd/3`, following links such as `/dev/stdout`.

    The shell may have redirected the descriptor to a regular file. Replacing or reopening that file would
    lose text that was already printed.
    """
    descriptor_path = re.compile(rf"/(?:dev|proc/(?:self|thread-self|{os.getpid()}))/fd/(\d+)")
    for _ in range(_MAX_LINKS):
        match = descriptor_path.fullmatch(path)
        if match:
            return int(match[1])
        try:
            link = Path(path).readlink()
        except OSError:
            return None
        path = os.path.normpath(Path(path).parent / link)
    return None
