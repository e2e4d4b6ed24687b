"""Classifies the `path` of an adapter: an open file, an address, or a file, folder or device of this machine."""

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

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FILE_ADDRESS: Final = re.compile(r"file://(localhost)?(?=/)", re.IGNORECASE)
_MOST_LINKS: Final = 40


class UnsupportedLocation(HeadwaterError):
    """A format cannot read from or write to the given `path`."""


def is_open_file(location: object) -> TypeGuard[IO[Any]]:
    """True for an open file or a buffer, which has `read` or `write`.

    >>> is_open_file(io.StringIO()), is_open_file("a.txt")
    (True, False)
    """
    return hasattr(location, "read") or hasattr(location, "write")


def is_text(file: object) -> bool:
    """True if an open file holds text rather than bytes."""
    if isinstance(file, io.IOBase):
        return isinstance(file, io.TextIOBase)
    mode = getattr(file, "mode", None)
    return "b" not in mode if isinstance(mode, str) else hasattr(file, "encoding")


def path_text(location: FileLocation) -> str:
    """The path as text, as it was given, of a location that is no open file."""
    return os.fsdecode(cast(FilePath, location))


def is_remote(location: FileLocation) -> bool:
    """True for an address (`https://...`, `s3://...`) rather than a file of this machine.

    >>> is_remote("s3://bucket/a.csv"), is_remote("file:///tmp/a.csv"), is_remote("a.csv")
    (True, False, False)
    """
    text = path_text(location)
    return _ADDRESS.match(text) is not None and _FILE_ADDRESS.match(text) is None


def local_path(path: FileLocation) -> str:
    """A path of this machine as text, with `~` expanded and `file://` removed.

    >>> local_path("file:///tmp/a%20b.csv")
    '/tmp/a b.csv'
    """
    text = path_text(path)
    if _FILE_ADDRESS.match(text):
        from urllib.parse import unquote, urlsplit

        path = urlsplit(text).path
        if os.name != "nt":
            return unquote(path)
        from urllib.request import url2pathname  # knows of drives; it imports an HTTP client

        return url2pathname(path)
    return os.path.expanduser(text)  # noqa: PTH111 - `Path.expanduser` raises for a user that does not exist


@dataclass(frozen=True, slots=True)
class Target:
    """A file or folder of this machine to write to, or the name of one that does not exist yet."""

    path: Path
    """The real path: all links are followed."""
    name: str
    """The file name as given. Libraries infer the compression from it."""
    status: os.stat_result | None
    """None if it does not exist."""

    @property
    def is_folder(self) -> bool:
        """True for an existing folder."""
        return self.status is not None and stat.S_ISDIR(self.status.st_mode)


@dataclass(frozen=True, slots=True)
class Stream:
    """A pipe, a device, or an open descriptor such as `/dev/stdout`: it can be written to and not replaced."""

    path: Path
    name: str
    descriptor: int | None = None
    """The descriptor of this process that the path stands for."""

    def open(self) -> io.FileIO:
        """Open it for writing. Opening a named pipe waits for its reader."""
        if self.descriptor is None:
            return io.FileIO(os.open(self.path, os.O_WRONLY), "wb")
        for stream in (sys.stdout, sys.stderr):  # text printed earlier comes first
            if stream is not None:
                stream.flush()
        return io.FileIO(os.dup(self.descriptor), "wb")


def target_of(path: FilePath) -> Target | Stream:
    """Find out what a path of this machine leads to.

    Raises:
        IsADirectoryError: if the path ends with a slash and there is no such folder.
        OSError: for a socket, a block device, or a link loop.
    """
    given = local_path(path)
    name = Path(os.path.normpath(given)).name
    descriptor = _descriptor(given)
    if descriptor is not None:
        return Stream(Path(given), name, descriptor)
    try:
        status = os.stat(given)  # noqa: PTH116 - the path as it was given, with its slash at the end
    except FileNotFoundError:
        return Target(Path(os.path.realpath(given)), name, None)
    if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode):
        return Target(Path(os.path.realpath(given)), name, status)
    if stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
        return Stream(Path(given), name)
    kind = "a socket" if stat.S_ISSOCK(status.st_mode) else "a block device"
    raise OSError(errno.EOPNOTSUPP, f"Data is not saved to {kind}; give the path of a file or a pipe", given)


def _descriptor(path: str) -> int | None:
    """The number in `/dev/fd/3`, also where links such as `/dev/stdout` lead to it.

    Behind such a path may be a regular file, to which the shell redirected the output. Replacing or reopening that file
    would lose what was already printed.
    """
    named = re.compile(rf"/(?:dev|proc/(?:self|thread-self|{os.getpid()}))/fd/(\d+)")
    for _ in range(_MOST_LINKS):
        match = named.fullmatch(path)
        if match:
            return int(match[1])
        try:
            link = Path(path).readlink()
        except OSError:
            return None
        path = os.path.normpath(Path(path).parent / link)
    return None
