"""Reads and writes the whole content of a file, given by its path or open."""

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
    """Read a file, or the rest of an open file. The result is text if the file was opened as text.

    Raises:
        UnsupportedLocation: for an address.
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
        UnsupportedLocation: for an address, or a file that is open as text.
    """
    content = read_content(location, format_)
    if isinstance(content, str):
        raise _is_text(format_)
    return content


def read_text(location: FileLocation, encoding: str, format_: str) -> str:
    """Read the text of a file or the rest of an open file, with unchanged line ends.

    Raises:
        UnsupportedLocation: for an address.
    """
    content = read_content(location, format_)
    return content if isinstance(content, str) else content.decode(encoding)


def write_bytes(location: FileLocation, content: bytes, format_: str) -> None:
    """Write bytes, all or none, to a file or at the position of an open file.

    Raises:
        UnsupportedLocation: for an address, or a file that is open as text.
    """
    with binary_file(location, format_) as file:
        file.write(content)


def write_text(location: FileLocation, text: str, encoding: str, format_: str) -> None:
    """Write text, all or none. A file opened as text encodes it itself.

    Raises:
        UnsupportedLocation: for an address.
    """
    if is_open_file(location) and is_text(location):
        pour(location, text)
    else:
        write_bytes(location, text.encode(encoding), format_)


@contextlib.contextmanager
def binary_file(location: FileLocation, format_: str) -> Generator[IO[bytes]]:
    """Yield a binary file. Its content reaches the destination at the end, unless an error was raised.

    Raises:
        UnsupportedLocation: for an address, or a file that is open as text.
    """
    if is_open_file(location):
        check_open_file(location, format_, "write", takes_text=False)
        buffer = io.BytesIO()
        yield buffer
        pour(location, buffer.getvalue())
        return
    check_local(location, format_)
    with replacing(path_text(location)) as temporary, Path(temporary).open("wb") as file:
        yield file


def check_open_file(file: object, format_: str, method: str, *, takes_text: bool) -> None:
    """Check that a format can use an open file.

    Raises:
        UnsupportedLocation: if the file lacks `method`, or holds text and the format bytes.
    """
    if not hasattr(file, method):
        raise UnsupportedLocation(f"`path` is {file!r}, which has no method `{method}`. Give a path or an open file.")
    if is_text(file) and not takes_text:
        raise _is_text(format_)


def pour(file: IO[Any], content: bytes | str) -> None:
    """Write all content to an open file and leave it open. Raw files may accept it in pieces."""
    if not isinstance(file, io.RawIOBase) or isinstance(content, str):
        file.write(content)
        return
    rest = memoryview(content)
    while rest:
        count = cast(int | None, file.write(rest))  # None where a pipe is full that does not block
        if count is None:
            raise BlockingIOError(f"{file!r} cannot accept more data without blocking. Make it blocking, or give a path.")
        rest = rest[count:]


def check_local(location: FileLocation, format_: str) -> None:
    """Check that a location is not an address.

    Raises:
        UnsupportedLocation: for an address.
    """
    if is_remote(location):
        raise UnsupportedLocation(
            f"`{format_}` reads and writes files of this machine, and `{location}` is an address. Open it with a library for "
            "such addresses, and hand the open file over as `path`."
        )


def _is_text(format_: str) -> UnsupportedLocation:
    return UnsupportedLocation(f"`{format_}` is bytes, and `path` is a file that is open as text. Open it in binary mode.")
