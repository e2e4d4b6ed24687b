"""`SharedValues`: passes arrays and frames to processes on this computer through shared memory.

A process pool sends values through a pipe, which copies them several times, and it sends a value again for each call. For an
array of 100 MB, the pipe takes 15 times as long as shared memory (`benchmarks/README.md`). Files in `/dev/shm` are shared
memory on Linux. On other systems, files in the temporary folder are used instead.
"""

from __future__ import annotations

import mmap
import os
import pickle
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

from headwater.previews.sizes import size_from_library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Executor

MIN_SIZE: Final = 1_000_000
"""The minimum size in bytes of a value in shared memory."""
MIN_RESULT_SIZE: Final = 4_000_000
"""The minimum size in bytes of a result in shared memory.

A result's file is read only once, so sharing pays off only for larger values.
"""
MAX_SHARED_CALLS: Final = 16
"""The maximum number of calls in a batch for which the size of each argument and value is checked.

The elements of a larger batch are assumed to be small.
"""
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - each run has its own folder
_LENGTH: Final = 8
"""The size in bytes of a length field in a file."""


def runs_on_this_computer(executor: Executor) -> bool:
    """Return True for a process pool whose processes are certain to be on this computer."""
    modules = [base.__module__ for base in type(executor).__mro__]
    return any(module == "concurrent.futures.process" or module.partition(".")[0] == "loky" for module in modules)


class SharedValues:
    """The values of one run in shared memory. The caller must close this object."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._shared: WeakValueDictionary[int, SharedValue] = WeakValueDictionary()
        """The shared values, keyed by the `id` of the original.

        A shared value keeps its original alive, so the `id` is not reused.
        """

    @property
    def folder(self) -> str:
        """The folder of the values. Workers add files with their results."""
        if self._folder is None:
            parent = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() and os.access(_SHARED_MEMORY, os.W_OK) else None
            self._folder = tempfile.TemporaryDirectory(prefix="headwater-", dir=parent, ignore_cleanup_errors=True)
        return self._folder.name

    def of(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Return values to send to a process: large ones in shared memory, all others as they are."""
        return tuple([self._of(value) for value in values])

    def _of(self, value: Any) -> Any:
        if not _is_large(value, MIN_SIZE):
            return value
        shared = self._shared.get(id(value))
        if shared is None:
            path = written(value, self.folder)
            if path is None:
                return value
            shared = self._shared[id(value)] = SharedValue(value, path)
        return shared

    def close(self) -> None:
        """Delete all files."""
        if self._folder is not None:
            self._folder.cleanup()


class SharedValue:
    """A value in shared memory. Unpickling this object returns the value. The file is deleted with this object."""

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return load, (self._path,)

    def __repr__(self) -> str:
        return repr(self.value)

    def __del__(self) -> None:
        with suppress(OSError):
            os.unlink(self._path)  # noqa: PTH108 - works during interpreter shutdown


class SharedResult:
    """A value that a worker returns. Pickling this object writes the value to a file. Unpickling it deletes the file."""

    def __init__(self, value: Any, folder: str) -> None:
        self._value = value
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        path = written(self._value, self._folder) if _is_large(self._value, MIN_RESULT_SIZE) else None
        return (_itself, (self._value,)) if path is None else (_load_once, (path,))


def _itself(value: Any) -> Any:
    return value


def _is_large(value: Any, minimum: int) -> bool:
    size = size_from_library(value)
    return size is not None and size >= minimum


def written(value: Any, folder: str) -> str | None:
    """Write a value to a new file and return its path. Return None if that fails. The value is then sent as usual.

    Shared memory may be small: in containers, it is often 64 MB.
    """
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    try:
        raw = [buffer.raw() for buffer in buffers]
    except BufferError:  # a buffer is not contiguous
        return None
    parts: Sequence[bytes | memoryview] = [body, *raw]
    path: str | None = None
    try:
        descriptor, path = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(len(parts).to_bytes(_LENGTH))
            file.writelines(memoryview(part).nbytes.to_bytes(_LENGTH) for part in parts)
            file.writelines(parts)
    except OSError:
        if path is not None:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - the path is a string
        return None
    return path


def load(path: str) -> Any:
    """Return the value in a file. Changes to the value do not affect other processes."""
    with Path(path).open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) if os.name == "posix" else bytearray(file.read())
    content = memoryview(mapped)
    count = int.from_bytes(content[:_LENGTH])
    lengths = [int.from_bytes(content[_LENGTH * (1 + index) : _LENGTH * (2 + index)]) for index in range(count)]
    start = _LENGTH * (1 + count)
    parts: list[memoryview] = []
    for length in lengths:
        parts.append(content[start : start + length])
        start += length
    return pickle.loads(parts[0], buffers=parts[1:])  # noqa: S301 - written by this run


def _load_once(path: str) -> Any:
    value = load(path)
    with suppress(OSError):  # Windows may refuse; the file is then deleted when the run ends
        os.unlink(path)  # noqa: PTH108 - the path is a string
    return value
