"""Atomic file writes: a file is replaced completely or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Final, Literal, cast

from headwater.io.location import Stream, Target, is_remote, local_path, target_of
from headwater.io.protocol import FilePath

WriteMode = Literal["w", "a", "x"]
"""The mode, as in `open`: replace the file, append to it, or create it and fail if it exists."""

_Version = tuple[int, int, int, int]
_append_locks: Final[dict[Path, threading.RLock]] = {}


@contextlib.contextmanager
def replacing(path: FilePath, mode: WriteMode = "w", *, dataset: bool = False, parents: bool = False) -> Generator[str]:
    """Yield a temporary path to write to, then move the written file to `path`.

    The temporary path has the same file name, in a hidden folder next to the target. If an exception is raised, the old file
    stays unchanged and nothing is left behind. If the process is killed, either the old or the new file exists, and the hidden
    folder may remain.

    Symbolic links are followed and stay links: their targets are replaced. Permissions are preserved. The owner and group are
    preserved if the process may set them. Other hard links keep the old content. A pipe, a device or `/dev/stdout` receives the
    content once it is complete. A URL such as `s3://...` is yielded unchanged.

    Args:
        path: the file to write; `~` is the home folder.
        mode: "w" replaces the file. "a" yields a copy of the old file to append to. "x" fails if the file exists.
        dataset: also accept a folder of files. If the folder exists, the files are added to it.
        parents: create missing parent folders.

    Raises:
        FileNotFoundError: if the folder does not exist, or if nothing was written.
        IsADirectoryError: if `path` is a folder and no dataset is written.
        FileExistsError: if the file exists and the mode is "x".
        PermissionError: if the file is read-only or its folder is not writable.
        OSError: if `path` is a socket, a block device or a link loop, or if the file changed during an append.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     note = pathlib.Path(folder) / "note.txt"
    ...     with replacing(note) as temporary:
    ...         written = pathlib.Path(temporary).write_text("new")
    ...     note.read_text()
    'new'
    """
    if is_remote(path):
        yield os.fspath(path)
        return
    target = target_of(path)
    if mode == "x" and (isinstance(target, Stream) or os.path.lexists(local_path(path))):
        raise FileExistsError(errno.EEXIST, "Mode 'x' creates only new files, but this file already exists", str(target.path))
    if isinstance(target, Stream):
        with _forward_to(target) as temporary:
            yield temporary
        return
    _check_target(target, local_path(path), dataset=dataset, parents=parents)
    with _append_lock(target, mode), _hidden_folder(target) as folder:
        staged = folder / target.name
        is_append = mode == "a" and not dataset
        copied_version = _copy(target.path, staged) if is_append else None
        yield str(staged)
        written = _written_file(staged, target, dataset=dataset)
        if is_append and _version(target.path) != copied_version:
            reason = "Run the dataflow again. Nothing was appended, because another program changed the file"
            raise OSError(errno.EBUSY, reason, str(target.path))
        if parents:
            target.path.parent.mkdir(parents=True, exist_ok=True)
        _move_companions(written, target)
        if written.is_dir():
            _add_folder(written, target)
        else:
            _copy_owner_and_mode(target, written)
            _flush(written)
            if mode == "x" or (is_append and copied_version is None):
                _create(written, target.path)
            else:
                written.replace(target.path)
    _flush_folder(target.path.parent)


def write_mode(mode: object) -> WriteMode:
    """Reduce a mode for opening files, such as "wb", to "w", "a" or "x".

    Raises:
        ValueError: for any other mode, such as "r+".
    """
    if isinstance(mode, str) and mode[:1] in ("w", "a", "x"):
        return cast(WriteMode, mode[0])
    raise ValueError(f"`mode` must be 'w' (replace), 'a' (append) or 'x' (create), not {mode!r}.")


# --- before writing ---------------------------------------------------------------------------------------------------


def _check_target(target: Target, path_text: str, *, dataset: bool, parents: bool) -> None:
    path = str(target.path)
    if target.is_folder and not dataset:
        raise IsADirectoryError(errno.EISDIR, "The path is a folder. Pass the path of a file in it", path)
    if target.status is None and path_text.endswith((os.sep, "/")) and not dataset:
        raise IsADirectoryError(errno.EISDIR, "The path ends with a slash. Pass the path of a file", path_text)
    if target.status is not None and not target.is_folder:
        if dataset:
            raise NotADirectoryError(errno.ENOTDIR, "A dataset is a folder, but the path is a file", path)
        if not os.access(target.path, os.W_OK):
            raise PermissionError(errno.EACCES, "The file is read-only. Change its permissions to write to it", path)
    missing = [folder for folder in (Path(path_text).parent, target.path.parent) if not folder.is_dir()]
    if missing and not parents:
        raise FileNotFoundError(errno.ENOENT, "The folder does not exist. Create it first", str(missing[0]))


@contextlib.contextmanager
def _append_lock(target: Target, mode: WriteMode) -> Generator[None]:
    """Hold a lock while appending to a file. Without the lock, concurrent appends to the same file would be lost."""
    if mode != "a":
        yield
        return
    with _append_locks.setdefault(target.path, threading.RLock()):
        yield


@contextlib.contextmanager
def _hidden_folder(target: Target) -> Generator[Path]:
    """Create a folder on the file system of the target, so files can be renamed into place."""
    parent = next(folder for folder in target.path.parents if folder.is_dir())
    folder = parent / f".headwater-{os.urandom(8).hex()}"
    try:
        try:
            folder.mkdir(mode=0o700)
        except PermissionError as error:
            reason = "Cannot create files in this folder. A temporary file is written there before it replaces the old file"
            raise PermissionError(error.errno, reason, str(parent)) from None
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()  # the folder is empty after its file has been renamed
        return
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _copy(path: Path, staged: Path) -> _Version | None:
    """Copy the file before appending to it. Return the version that was copied, or None if the file does not exist."""
    before = _version(path)
    if before is not None:
        import shutil

        shutil.copyfile(path, staged)
    return before


def _version(path: Path) -> _Version | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


# --- after writing ----------------------------------------------------------------------------------------------------


def _written_file(staged: Path, target: Target, *, dataset: bool) -> Path:
    """Return the path of the written file.

    If a library added a suffix to the path, the written file is the only file in the folder.
    """
    entries = list(staged.parent.iterdir())
    if staged in entries:
        return staged
    if len(entries) == 1:
        return entries[0]
    if dataset and not entries:  # libraries write no files for a frame without rows
        staged.mkdir()
        return staged
    reason = "Nothing was written for this file"
    raise FileNotFoundError(errno.ENOENT, reason, str(target.path))


def _move_companions(written: Path, target: Target) -> None:
    """Move other files that a library wrote, such as an HTML page's script, next to the target, unless they exist there."""
    for companion in written.parent.iterdir():
        destination = target.path.with_name(companion.name)
        if companion != written and not os.path.lexists(destination):
            companion.rename(destination)


def _create(written: Path, path: Path) -> None:
    """Create a file with the written content at a path that must not exist yet."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        reason = "Another process created the file in the meantime. The file was left unchanged"
        raise FileExistsError(errno.EEXIST, reason, str(path)) from None
    except (OSError, NotImplementedError):  # hard links are not supported: create an empty file, then replace it
        path.touch(exist_ok=False)
        written.replace(path)


def _add_folder(written: Path, target: Target) -> None:
    """Move a folder into place, or its files one at a time if the target folder exists."""
    files = [path for path in written.rglob("*") if path.is_file()]
    for file in files:
        _flush(file)
    if not os.path.lexists(target.path):
        written.rename(target.path)
        return
    moves = [(file, target.path / file.relative_to(written)) for file in files]
    for _, to in moves:
        if to.is_dir():
            raise IsADirectoryError(
                errno.EISDIR, "Cannot write a dataset file: a folder with that path already exists", str(to)
            )
        to.parent.mkdir(parents=True, exist_ok=True)
    for file, to in moves:
        file.replace(to)
    for folder in {to.parent for _, to in moves}:
        _flush_folder(folder)


def _copy_owner_and_mode(target: Target, written: Path) -> None:
    if target.status is None:
        return
    mode, new = stat.S_IMODE(target.status.st_mode), written.stat()
    if sys.platform != "win32" and (new.st_uid, new.st_gid) != (target.status.st_uid, target.status.st_gid):
        with contextlib.suppress(OSError):  # only root may change the owner of a file
            os.chown(written, target.status.st_uid, -1)
        try:
            os.chown(written, -1, target.status.st_gid)
        except OSError:  # the group cannot be preserved, so the new group gets only the "others" permissions
            mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    written.chmod(mode)


@contextlib.contextmanager
def _forward_to(stream: Stream) -> Generator[str]:
    """Yield a temporary file, and copy its content to the pipe or device at the end."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:
        staged = Path(folder, stream.name)
        yield str(staged)
        if staged.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "A dataset is a folder, but the path is a pipe or device", str(stream.path))
        written = _written_file(staged, Target(stream.path, stream.name, None), dataset=False)
        with written.open("rb") as content, io.BufferedWriter(stream.open()) as file:
            shutil.copyfileobj(content, file)


def _flush(path: Path) -> None:
    """Flush a file to disk. Otherwise, a rename may reach the disk before the contents."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows cannot open folders, and some file systems cannot flush them
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
