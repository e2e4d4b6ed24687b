"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Generator
from pathlib import Path

from headwater.io.protocol import FilePath


@contextlib.contextmanager
def replacing(path: FilePath) -> Generator[str]:
    """A path to write to; what was written there takes the place of the file at `path` at the end.

    The path is in the same folder and ends as `path` does. Until the end, and if anything is raised, the old file stays as it
    was. A process that is killed leaves the old file or the new one, and at worst a hidden file beside it. An address such as
    `s3://...` is handed on as it is: those who write there replace the object as a whole.

    Raises:
        FileNotFoundError: if the folder does not exist.
        IsADirectoryError: if there is a folder of this name.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     note = Path(folder) / "note.txt"
    ...     with replacing(note) as temporary:
    ...         written = Path(temporary).write_text("new")
    ...     note.read_text()
    'new'
    """
    if is_remote(path):
        yield os.fspath(path)
        return
    target = Path(path).resolve()  # a link stays a link, to the new file
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder to write to; create it first", str(target.parent))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "There is a folder of this name; write to a file in it", str(target))
    temporary = target.with_name(f".{os.urandom(8).hex()}.{target.name}")
    try:
        yield str(temporary)
        _keep_mode(target, temporary)
        _flush(temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def is_remote(path: FilePath) -> bool:
    """True for an address (`https://...`, `s3://...`) rather than a file of this machine."""
    return isinstance(path, str) and "://" in path


def _keep_mode(old: Path, new: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        new.chmod(stat.S_IMODE(old.stat().st_mode))


def _flush(path: Path) -> None:
    """A rename may reach the disk before the file's contents do, unless these are sent there first."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folders, and some file systems do not flush them
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
