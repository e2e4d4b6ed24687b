"""`DiskStore`: a store of values that outlives the process. A value's version is a hash of its content.

Each value is in a file named after its version. The database lists a file, with its size and checksum, only after the file is
complete. The size and checksum are verified when the value is loaded, before anything is decoded. If values are stored at a
URL, traces are also stored there as files, so other users can find the values.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from headwater.caching.cache_files import open_files
from headwater.caching.formats import format_of, formats_for
from headwater.caching.hashing import SCHEME, UnhashableError, content_hash
from headwater.caching.loaded_code import LoadedCode
from headwater.caching.trace_database import StoredRow, TraceDatabase, TraceRow
from headwater.caching.warn import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from headwater.caching.settings import CacheSettings
    from headwater.caching.store import Trace, Version
    from headwater.graph.node import Node

MISSING: Final = object()
"""The result of loading a value that is missing or only partially stored."""


@dataclass(frozen=True, slots=True, eq=False)
class UnknownVersion:
    """The version of a value that cannot be hashed.

    It does not equal any other version, so nothing computed from that value is reused.
    """

    reason: str
    is_requested: bool = False
    """True if no warning is needed, because the user disabled caching, or because middleware returned a substitute."""


class Recorded(NamedTuple):
    """The result of storing a value."""

    version: str | UnknownVersion
    format: str | None = None
    """The format of the file. None if the value is not stored."""
    problem: str | None = None
    """Why the value is not stored."""
    is_reported: bool = False
    """Whether a separate warning has already reported the problem, because the problem affects all values."""


class DiskStore:
    """A persistent store in a folder. The value files can be stored at a URL instead."""

    def __init__(self, settings: CacheSettings, own: frozenset[str] = frozenset()) -> None:
        folder = Path(settings.path)
        self.settings = settings
        self.database = TraceDatabase(folder)
        self.files = open_files(folder / "values", settings.values)
        self.code = LoadedCode(own)
        self._is_shared = settings.values is not None
        self._has_failed = False

    # --- the protocol of stores -----------------------------------------------------------------------------------

    def lookup(self, node: Node, trace: Trace) -> Version | None:
        """Return the version of the value that was computed from this trace, or None. Does not load the value."""
        key = trace_key(node.name, trace)
        return None if key is None else self.version(key)

    def load(self, node: Node, version: Version) -> Any:
        """Return the value that has this version.

        Raises:
            KeyError: the value is not stored, or its file is damaged.
        """
        value = self.read(cast(str, version))
        if value is MISSING:
            raise KeyError(f"Version {version} of `{node.name}` is not in the cache.")
        return value

    def record(self, node: Node, trace: Trace, value: Any) -> Version:
        """Store a computed value and return its version."""
        return self.store(node, trace_key(node.name, trace), str(trace.code), value, {}).version

    def provide(self, name: str, value: Any) -> Version:
        """Return the version of a value that the run does not compute, such as an input."""
        return self.hash(f"`{name}`", value)

    # --- hashes and traces ----------------------------------------------------------------------------------------

    def hash(self, name: str, value: Any) -> str | UnknownVersion:
        """Return the version of a value. `name` is the name of the value's node, for messages."""
        try:
            return content_hash(value, self.code.digest)
        except UnhashableError as error:
            return UnknownVersion(f"the value of {name} cannot be hashed: {error}")
        except Exception as error:  # noqa: BLE001 - a library's objects may raise anything
            return UnknownVersion(f"the value of {name} cannot be hashed: {type(error).__name__}: {error}")

    def version(self, key: bytes) -> str | None:
        """Return the version of the value that is recorded for a key, or None."""
        found = self.database.version(key)
        if found is None and self._is_shared:
            found = self._shared_version(key)
        return found

    def version_lookup(self, count: int) -> Callable[[bytes], str | None]:
        """Return a function like `version`, optimized for about `count` lookups."""
        return self.version if self._is_shared else self.database.version_lookup(count)

    # --- values ---------------------------------------------------------------------------------------------------

    def read(self, version: str) -> Any:
        """Return the value that has this version, or `MISSING` if the value is not stored or its file is damaged."""
        stored = self.database.stored(version)
        if stored is None:
            return MISSING
        format_ = format_of(stored.format, allow_pickle=self.settings.allow_pickle)
        if format_ is None:
            return MISSING
        name = _file_name(version, format_.name)
        try:
            data = self.files.read(name)
        except FileNotFoundError:  # another process has deleted the file
            self.database.forget_file(version)
            return MISSING
        except Exception as error:  # noqa: BLE001 - a remote file system may raise anything
            self._warn_files(error)
            return MISSING
        if len(data) != stored.size or checksum(data) != stored.checksum:
            self._discard(version, name, "it is incomplete or was changed")
            return MISSING
        try:
            return format_.load(data)
        except Exception as error:  # noqa: BLE001 - a pickle's class may no longer exist, or may raise anything
            self._discard(version, name, f"{type(error).__name__}: {error}")
            return MISSING

    def store(self, node: Node, key: bytes | None, code: str, value: Any, parts: Mapping[str, str | None]) -> Recorded:
        """Store a computed value under a key. Without a key, only compute the value's version.

        Args:
            node: the node that computed the value.
            key: the key of the trace. None if part of the key is unknown.
            code: the token of the node's code.
            value: the value.
            parts: the digests of everything that the key covers, keyed by label.
        """
        version = self.hash(f"`{node.name}`", value)
        if isinstance(version, UnknownVersion) or key is None:
            return Recorded(version)
        stored, problem = self._store_value(node, version, value)
        row = TraceRow(key, node.name, code, version, json.dumps(parts), time.time_ns())
        self.database.add(row, stored)
        if self._is_shared and stored is not None:
            self._share(row, stored)
        is_reported = problem is not None and problem.startswith(_CANNOT_WRITE)
        return Recorded(version, None if stored is None else stored.format, problem, is_reported)

    def _store_value(self, node: Node, version: str, value: Any) -> tuple[StoredRow | None, str | None]:
        """Write a value to its file, unless the file exists.

        Return the file's row, or the reason why the value is not stored.
        """
        requested = self.settings.format(node)
        stored = self.database.stored(version)
        if stored is not None:
            known = format_of(stored.format, allow_pickle=self.settings.allow_pickle)
            is_wanted = known is not None and requested in (None, known.name)
            if known is not None and is_wanted and self._exists(_file_name(version, known.name)):
                return stored._replace(used=time.time_ns()), None
        problem = "no format restores this value exactly"
        for format_key, format_ in formats_for(value, requested, allow_pickle=self.settings.allow_pickle):
            try:
                data = format_.dump(value)
                if self.hash(node.name, format_.load(data)) != version:
                    continue
            except Exception as error:  # noqa: BLE001 - a format may raise anything for a value that it does not support
                problem = f"{format_.name}: {type(error).__name__}: {error}"
                continue
            if requested is not None and format_.name != requested:
                self._warn_format(node, requested, format_.name)
            try:
                self.files.write(_file_name(version, format_.name), data)
            except Exception as error:  # noqa: BLE001 - a remote file system may raise anything
                self._warn_files(error)
                return None, f"{_CANNOT_WRITE}: {error}"
            return StoredRow(version, format_key, len(data), checksum(data), time.time_ns()), None
        return None, problem

    def _exists(self, name: str) -> bool:
        try:
            return self.files.exists(name)
        except Exception:  # noqa: BLE001 - a remote file system may raise anything; the file is written again
            return False

    def _discard(self, version: str, name: str, problem: str) -> None:
        """Delete an unusable file with a warning, so that its value is computed and written again."""
        message = f"The cache file `{name}` cannot be used: {problem}. Its value is computed again."
        warn(message)
        self.database.forget_file(version)
        try:
            self.files.delete(name)
        except Exception as error:  # noqa: BLE001 - a remote file system may raise anything
            self._warn_files(error)

    # --- sharing --------------------------------------------------------------------------------------------------

    def _share(self, row: TraceRow, stored: StoredRow) -> None:
        """Write a trace next to the values, where other users can find it."""
        described = {**row._asdict(), "key": row.key.hex(), "stored": {**stored._asdict(), "checksum": stored.checksum.hex()}}
        data = json.dumps(described).encode()
        try:
            self.files.write(_trace_name(row.key), checksum(data) + data)
        except Exception as error:  # noqa: BLE001 - a remote file system may raise anything
            self._warn_files(error)

    def _shared_version(self, key: bytes) -> str | None:
        """Return the version that another user recorded for a key, or None."""
        try:
            content = self.files.read(_trace_name(key))
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 - a remote file system may raise anything
            self._warn_files(error)
            return None
        data = content[_CHECKSUM_SIZE:]
        if checksum(data) != content[:_CHECKSUM_SIZE]:
            return None
        described: dict[str, Any] = json.loads(data)
        file: dict[str, Any] = described["stored"]
        row = TraceRow(key, *(described[name] for name in TraceRow._fields[1:]))
        stored = StoredRow(file["version"], file["format"], file["size"], bytes.fromhex(file["checksum"]), file["used"])
        self.database.add(row, stored)
        return row.version

    # --- warnings -------------------------------------------------------------------------------------------------

    def _warn_files(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            where = self.settings.values or self.settings.path
            message = f"Cannot use the cache files in `{where}`: {error}. The run continues without them."
            warn(message)

    @staticmethod
    def _warn_format(node: Node, requested: str, used: str) -> None:
        problem = f"The format `{requested}` cannot restore the exact value of `{node.name}`"
        warn(f"{problem}, so the value is stored as `{used}`.")


_CHECKSUM_SIZE: Final = 16
_CANNOT_WRITE: Final = "its file cannot be written"


def trace_key(name: str, trace: Trace) -> bytes | None:
    """Return the key of a trace, or None if part of the trace is unknown."""
    if trace.code is None:
        return None
    parts = [f"{SCHEME} {trace.code} {name}"]
    for version in trace.read:
        if version is None:
            parts.append("-")
        elif isinstance(version, str):
            parts.append(version)
        else:
            return None
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def checksum(data: bytes) -> bytes:
    """Return the checksum of a file's content."""
    return blake2b(data, digest_size=_CHECKSUM_SIZE).digest()


def _file_name(version: str, suffix: str) -> str:
    return f"{version[:2]}/{version}.{suffix}"


def _trace_name(key: bytes) -> str:
    return f"traces/{key.hex()}"
