"""Reads and writes whole files. A file is passed as a path or as an open file."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, cast

from headwater.io.atomic import replacing
from headwater.io.location import UnsupportedLocation, is_open_file, is_remote, is_text, local_path, path_text
from headwater.io.protocol import FileLocation


def read_content(location: FileLocation, format_: str) -> bytes | str:
    """Read a file, or the rest of an open file. Return text if the file was opened as text.

    Raises:
        UnsupportedLocation: the location is a URL.
    """
    if is_open_file(location):
        check_open_file(location, format_, "read", takes_text=True)
        content = location.read()
        return content if isinstance(content, str) else bytes(content)
    check_local(location, format_)
    return Path(local_path(location)).read_bytes()


def read_bytes(location: FileLocation, format_: str) -> bytes:
    """Read the bytes of a file, or the rest of an open file.

    Raises:
        UnsupportedLocation: the location is a URL, or a file opened as text.
    """
    content = read_content(location, format_)
    if isinstance(content, str):
        raise _opened_as_text(format_)
    return content


def read_text(location: FileLocation, encoding: str, format_: str) -> str:
    """Read the text of a file, or the rest of an open file, with unchanged line endings.

    Raises:
        UnsupportedLocation: the location is a URL.
    """
    content = read_content(location, format_)
    return content if isinstance(content, str) else content.decode(encoding)


def write_bytes(location: FileLocation, content: bytes, format_: str) -> None:
    """Write either all bytes or none, to a path or at the current position of an open file.

    Raises:
        UnsupportedLocation: the location is a URL, or a file opened as text.
    """
    with binary_file(location, format_) as file:
        file.write(content)


def write_text(location: FileLocation, text: str, encoding: str, format_: str) -> None:
    """Write either all of the text or nothing. A file opened in text mode does its own encoding.

    Raises:
        UnsupportedLocation: the location is a URL.
    """
    if is_open_file(location) and is_text(location):
        write_all(location, text)
    else:
        write_bytes(location, text.encode(encoding), format_)


@contextlib.contextmanager
def binary_file(location: FileLocation, format_: str) -> Generator[IO[bytes]]:
    """Yield a binary file. At the end, its content is written to the location, unless an error was raised.

    Raises:
        UnsupportedLocation: the location is a URL, or a file opened as text.
    """
    if is_open_file(location):
        check_open_file(location, format_, "write", takes_text=False)
        buffer = io.BytesIO()
        yield buffer
        write_all(location, buffer.getvalue())
        return
    check_local(location, format_)
    with replacing(path_text(location)) as temporary, Path(temporary).open("wb") as file:
        yield file


def check_open_file(file: object, format_: str, method: str, *, takes_text: bool) -> None:
    """Check that a format can use an open file.

    Raises:
        UnsupportedLocation: the file has no `method`, or it was opened as text but the format is binary.
    """
    if not hasattr(file, method):
        raise UnsupportedLocation(f"`path` is {file!r}, which has no method `{method}`. Pass a path or an open file.")
    if is_text(file) and not takes_text:
        raise _opened_as_text(format_)


def write_all(file: IO[Any], content: bytes | str) -> None:
    """Write all content to an open file and leave it open. Raw files may accept only a part of the content at a time."""
    if not isinstance(file, io.RawIOBase) or isinstance(content, str):
        file.write(content)
        return
    rest = memoryview(content)
    while rest:
        count = cast(int | None, file.write(rest))  # None if a non-blocking pipe is full
        if count is None:
            raise BlockingIOError(f"{file!r} cannot accept more data without blocking. Make it blocking, or pass a path.")
        rest = rest[count:]


def check_local(location: FileLocation, format_: str) -> None:
    """Check that a location is not a URL.

    Raises:
        UnsupportedLocation: the location is a URL.
    """
    if is_remote(location):
        raise UnsupportedLocation(
            f"`{format_}` reads and writes local files, but `{location}` is a URL. Open the URL with a library that supports "
            "it, and pass the open file as `path`."
        )


def _opened_as_text(format_: str) -> UnsupportedLocation:
    return UnsupportedLocation(f"`{format_}` is a binary format, but `path` is a file opened as text. Open it in binary mode.")
