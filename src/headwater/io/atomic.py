"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Final, Literal, cast

from headwater.io.location import Stream, Target, is_remote, local_path, target_of
from headwater.io.protocol import FilePath

WriteMode = Literal["w", "a", "x"]
"""As for `open`: replace the file, append to it, or create it and fail if it exists."""

_Version = tuple[int, int, int, int]
_appending: Final[dict[Path, threading.RLock]] = {}


@contextlib.contextmanager
def replacing(path: FilePath, mode: WriteMode = "w", *, dataset: bool = False, parents: bool = False) -> Generator[str]:
    """Yields a path to write to; at the end, what was written there takes the place of the file at `path`.

    The yielded path has the same file name, in a hidden folder beside the target. Until the end, and if anything is raised,
    the old file stays as it was, and nothing is left behind. A process that is killed leaves the old file or the new one,
    and at worst the hidden folder.

    Links are followed: a symbolic link stays one, and the file that it leads to is replaced. Permissions are kept, and so
    are owner and group where the process may set them. Other hard links of the file keep the old content. A pipe, a device
    or `/dev/stdout` gets the content when all of it is there. An address such as `s3://...` is yielded as it is.

    Args:
        path: the file to write; `~` is the home folder.
        mode: "w" replaces the file. "a" yields a copy of the old file to append to. "x" fails if the file exists.
        dataset: accept a folder of files, too; its files are added to those of an existing folder.
        parents: create missing folders above the file.

    Raises:
        FileNotFoundError: if the folder does not exist, or if nothing was written.
        IsADirectoryError: if there is a folder of this name, and no dataset is written.
        FileExistsError: if the file exists, and the mode is "x".
        PermissionError: if the file is read-only, or files cannot be created in its folder.
        OSError: for a socket, a block device, a link loop, or a file that changed while it was being appended to.

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
        raise FileExistsError(errno.EEXIST, "The file exists, and mode 'x' only creates new ones", str(target.path))
    if isinstance(target, Stream):
        with _passed_on(target) as temporary:
            yield temporary
        return
    _check(target, local_path(path), dataset=dataset, parents=parents)
    with _one_at_a_time(target, mode), _hidden_folder(target) as folder:
        staged = folder / target.name
        is_added = mode == "a" and not dataset
        copied = _copy(target.path, staged) if is_added else None
        yield str(staged)
        written = _written(staged, target, dataset=dataset)
        if is_added and _version(target.path) != copied:
            reason = "The file changed while it was being appended to, so it was left alone; run again"
            raise OSError(errno.EBUSY, reason, str(target.path))
        if parents:
            target.path.parent.mkdir(parents=True, exist_ok=True)
        _move_companions(written, target)
        if written.is_dir():
            _add_folder(written, target)
        else:
            _keep_owner_and_mode(target, written)
            _flush(written)
            if mode == "x" or (is_added and copied is None):
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
    raise ValueError(f"`mode` has to be 'w' (replace), 'a' (append) or 'x' (create), and is {mode!r}.")


# --- before -----------------------------------------------------------------------------------------------------------


def _check(target: Target, given: str, *, dataset: bool, parents: bool) -> None:
    path = str(target.path)
    if target.is_folder and not dataset:
        raise IsADirectoryError(errno.EISDIR, "There is a folder of this name; write to a file in it", path)
    if target.status is None and given.endswith(os.sep) and not dataset:
        raise IsADirectoryError(errno.EISDIR, "The path names a folder, since it ends with a slash; name a file", given)
    if target.status is not None and not target.is_folder:
        if dataset:
            raise NotADirectoryError(errno.ENOTDIR, "A dataset is a folder, and there is a file of this name", path)
        if not os.access(target.path, os.W_OK):
            raise PermissionError(errno.EACCES, "The file is read-only; change its permissions to write it", path)
    absent = [folder for folder in (Path(given).parent, target.path.parent) if not folder.is_dir()]
    if absent and not parents:
        raise FileNotFoundError(errno.ENOENT, "There is no such folder to write to; create it first", str(absent[0]))


@contextlib.contextmanager
def _one_at_a_time(target: Target, mode: WriteMode) -> Generator[None]:
    """Let threads append to one file in turn, so that each copies what the others appended."""
    if mode != "a":
        yield
        return
    with _appending.setdefault(target.path, threading.RLock()):
        yield


@contextlib.contextmanager
def _hidden_folder(target: Target) -> Generator[Path]:
    """A new folder on the file system of the target, from which files can be renamed into place."""
    parent = next(folder for folder in target.path.parents if folder.is_dir())
    folder = parent / f".headwater-{os.urandom(8).hex()}"
    try:
        try:
            folder.mkdir(mode=0o700)
        except PermissionError as error:
            reason = "Files cannot be created in this folder, and a new file is written there before it replaces the old one"
            raise PermissionError(error.errno, reason, str(parent)) from None
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()  # it is empty once its file has been renamed
        return
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _copy(path: Path, staged: Path) -> _Version | None:
    """Copy the file to append to. Return the copied version, or None if the file does not exist."""
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


# --- after ------------------------------------------------------------------------------------------------------------


def _written(staged: Path, target: Target, *, dataset: bool) -> Path:
    """The written file: at the yielded path, or the only file in the folder if a library added an ending to its name."""
    entries = list(staged.parent.iterdir())
    if staged in entries:
        return staged
    if len(entries) == 1:
        return entries[0]
    if dataset and not entries:  # libraries write nothing for a frame without rows
        staged.mkdir()
        return staged
    reason = "Nothing was written to the temporary path, so there is no new file"
    raise FileNotFoundError(errno.ENOENT, reason, str(target.path))


def _move_companions(written: Path, target: Target) -> None:
    """Move the other files that a library wrote, such as the script of an HTML page, unless they exist already."""
    for companion in written.parent.iterdir():
        beside = target.path.with_name(companion.name)
        if companion != written and not os.path.lexists(beside):
            companion.rename(beside)


def _create(written: Path, path: Path) -> None:
    """Move a file to a path that must not exist yet."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        reason = "Another process created the file in the meantime, so it was left alone"
        raise FileExistsError(errno.EEXIST, reason, str(path)) from None
    except (OSError, NotImplementedError):  # no hard links here: take the name, and then replace what was taken
        path.touch(exist_ok=False)
        written.replace(path)


def _add_folder(written: Path, target: Target) -> None:
    """Move a folder into place as a whole, or its files one by one if the target folder exists."""
    files = [path for path in written.rglob("*") if path.is_file()]
    for file in files:
        _flush(file)
    if not os.path.lexists(target.path):
        written.rename(target.path)
        return
    moves = [(file, target.path / file.relative_to(written)) for file in files]
    for _, to in moves:
        if to.is_dir():
            raise IsADirectoryError(errno.EISDIR, "There is a folder at the path of a file of the dataset", str(to))
        to.parent.mkdir(parents=True, exist_ok=True)
    for file, to in moves:
        file.replace(to)
    for folder in {to.parent for _, to in moves}:
        _flush_folder(folder)


def _keep_owner_and_mode(target: Target, written: Path) -> None:
    if target.status is None:
        return
    mode, new = stat.S_IMODE(target.status.st_mode), written.stat()
    if (new.st_uid, new.st_gid) != (target.status.st_uid, target.status.st_gid):
        with contextlib.suppress(OSError):  # only root may give a file away
            os.chown(written, target.status.st_uid, -1)
        try:
            os.chown(written, -1, target.status.st_gid)
        except OSError:  # a different group gets only the permissions of others
            mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    written.chmod(mode)


@contextlib.contextmanager
def _passed_on(stream: Stream) -> Generator[str]:
    """Yield a temporary file, and copy it to the pipe or device once it is complete."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="headwater-") as folder:
        staged = Path(folder, stream.name)
        yield str(staged)
        if staged.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "A dataset is a folder, and this is a pipe or device", str(stream.path))
        written = _written(staged, Target(stream.path, stream.name, None), dataset=False)
        with written.open("rb") as content, io.BufferedWriter(stream.open()) as file:
            shutil.copyfileobj(content, file)


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
