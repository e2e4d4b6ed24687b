"""`TraceDatabase`: traces in SQLite, shared by threads and processes.

Rows are written in batches, so a run of many short functions does not wait for the disk after each call. A row is written only
after the file of its value is complete. If the database fails, the run continues without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.caching.warn import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

FILE_NAME: Final = "traces-1.sqlite"
"""The name of the database file. It includes the version of the schema."""
_BUSY_SECONDS: Final = 20.0
_FLUSH_SECONDS: Final = 0.5
"""The maximum time for which rows stay in memory while a run records values."""
_TOUCH_SECONDS: Final = 60.0
"""The maximum time for which recorded uses of values stay in memory."""
_ERRORS: Final = (sqlite3.Error, UnicodeDecodeError)
"""The errors that a database may cause. Python cannot decode some messages about a corrupt schema."""
_MIN_SCAN: Final = 50
"""The minimum number of keys for which reading all traces may be faster than looking up each key."""
_MAX_SCANNED: Final = 4
"""The maximum number of rows to read for each key."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS traces (
    key BLOB PRIMARY KEY, node TEXT NOT NULL, code TEXT NOT NULL, version TEXT NOT NULL,
    parts TEXT NOT NULL, created INTEGER NOT NULL, seal BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS traces_of_a_node ON traces (node, created);
CREATE TABLE IF NOT EXISTS stored (
    version TEXT PRIMARY KEY, format TEXT NOT NULL, size INTEGER NOT NULL, checksum BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
"""


_SELECT_TRACE: Final = "SELECT key, node, code, version, parts, created FROM traces"


class TraceRow(NamedTuple):
    """The version of a value, and how the value was computed."""

    key: bytes
    node: str
    code: str
    version: str
    parts: str
    """The digests of everything in the key, as JSON."""
    created: int
    """The time at which the value was computed, in nanoseconds since 1970."""


class StoredRow(NamedTuple):
    """The file of a value."""

    version: str
    format: str
    size: int
    checksum: bytes
    used: int
    """The time of the last use in nanoseconds since 1970."""


@dataclass(slots=True)
class _Connection:
    database: sqlite3.Connection
    process: int


_inherited: Final[list[_Connection]] = []
"""Connections inherited from the parent process. Closing them in this process would end a transaction of the parent."""


class TraceDatabase:
    """The traces of a cache, and the list of its files."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._connection: _Connection | None = None
        self._traces: dict[bytes, TraceRow] = {}
        """Rows that are not in the database yet."""
        self._latest: dict[str, TraceRow] = {}
        """The latest row in `_traces` for each node."""
        self._stored: dict[str, StoredRow] = {}
        self._used: dict[str, int] = {}
        self._flushed = time.monotonic()
        self._touched = -_TOUCH_SECONDS
        """The time at which the uses of values were last written. The first run of a process writes them immediately."""
        self._is_reading = False
        self._is_broken = False
        self._is_read_only = False
        self._has_warned = False

    # --- reading --------------------------------------------------------------------------------------------------

    def version(self, key: bytes) -> str | None:
        """Return the version of the value that is recorded for a key, or None."""
        pending = self._traces.get(key)
        if pending is not None:
            return pending.version
        row = self._first_row("SELECT version, seal FROM traces WHERE key = ?", (key,))
        return row[0] if row is not None and row[1] == _seal(key, row[0]) else None

    def version_lookup(self, count: int) -> Callable[[bytes], str | None]:
        """Return a function like `version`, optimized for about `count` lookups.

        Unless the database holds many other traces, this method reads all traces at once.
        """
        if count < _MIN_SCAN:
            return self.version
        limit = count * _MAX_SCANNED
        cursor = self._run("SELECT key, version, seal FROM traces LIMIT ?", (limit,))
        rows = [] if cursor is None else self._fetched(cursor)
        if not 0 < len(rows) < limit:
            return self.version
        found = {key: (version, seal) for key, version, seal in rows}
        pending = self._traces

        def version(key: bytes) -> str | None:
            if key in pending:
                return pending[key].version
            row = found.get(key)
            return row[0] if row is not None and row[1] == _seal(key, row[0]) else None

        return version

    def stored(self, version: str) -> StoredRow | None:
        """Return the file of a value, or None if the value is not stored."""
        if (pending := self._stored.get(version)) is not None:
            return pending
        row = self._first_row("SELECT version, format, size, checksum, used FROM stored WHERE version = ?", (version,))
        return None if row is None else next(_valid_stored([row]), None)

    def latest(self, node: str) -> TraceRow | None:
        """Return the latest trace of a node."""
        if (pending := self._latest.get(node)) is not None:
            return pending
        row = self._first_row(f"{_SELECT_TRACE} WHERE node = ? ORDER BY created DESC LIMIT 1", (node,))
        return None if row is None else next(_valid_traces([row]), None)

    def traces(self, node: str | None = None) -> list[TraceRow]:
        """Return the traces of a node, or of all nodes, latest first."""
        where = "" if node is None else "WHERE node = ?"
        rows = self._rows(f"{_SELECT_TRACE} {where} ORDER BY created DESC", () if node is None else (node,))
        return list(_valid_traces(rows))

    def files(self) -> list[StoredRow]:
        """Return all files, least recently used first."""
        return list(_valid_stored(self._rows("SELECT version, format, size, checksum, used FROM stored ORDER BY used")))

    def size(self) -> int:
        """Return the size of all files in bytes."""
        row = self._first_row("SELECT COALESCE(SUM(size), 0) FROM stored")
        return 0 if row is None else int(row[0])

    @contextlib.contextmanager
    def reading(self) -> Generator[None]:
        """Read many rows in one transaction, which is faster than one transaction for each row."""
        with self._lock:
            self._is_reading = self._run("BEGIN") is not None
            try:
                yield
            finally:
                if self._is_reading:
                    self._run("COMMIT")
                self._is_reading = False

    # --- writing --------------------------------------------------------------------------------------------------

    def add(self, trace: TraceRow, stored: StoredRow | None) -> None:
        """Add a trace, and the file of its value. The file must be complete."""
        with self._lock:
            self._traces[trace.key] = self._latest[trace.node] = trace
            if stored is not None:
                self._stored[stored.version] = stored
        if time.monotonic() - self._flushed > _FLUSH_SECONDS:
            self.flush()

    def touch(self, versions: Iterable[str]) -> None:
        """Record the current time as the last use of these values."""
        now = time.time_ns()
        with self._lock:
            self._used.update(dict.fromkeys(versions, now))

    def end_run(self) -> None:
        """Write new rows. If only uses of values are pending, write at most once a minute, to avoid waiting for the disk."""
        if self._traces or self._stored or (self._used and time.monotonic() - self._touched > _TOUCH_SECONDS):
            self.flush()

    def flush(self) -> None:
        """Write all pending rows."""
        with self._lock:
            traces, stored, used = self._traces, self._stored, self._used
            if self._is_reading or not (traces or stored or used):
                return
            if not self._is_read_only:
                rows = [(*row, _seal(row.key, row.version)) for row in traces.values()]
                self._write(
                    ("INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?)", list(stored.values())),
                    ("INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, ?, ?)", rows),
                    ("UPDATE stored SET used = ? WHERE version = ?", [(at, version) for version, at in used.items()]),
                )
            self._drop_pending()
            self._flushed = time.monotonic()
            self._touched = self._flushed if used else self._touched

    def forget_file(self, version: str) -> None:
        """Remove a value's file from the list."""
        self.forget_files([version])

    def forget_files(self, versions: Iterable[str]) -> None:
        """Remove the files of values from the list."""
        with self._lock:
            listed = [(version,) for version in versions]
            for (version,) in listed:
                self._stored.pop(version, None)
                self._used.pop(version, None)
            if not self._is_read_only:
                self._write(("DELETE FROM stored WHERE version = ?", listed))

    def forget_traces_without_files(self) -> None:
        """Remove the traces of values that are not stored."""
        self._write(("DELETE FROM traces WHERE version NOT IN (SELECT version FROM stored)", None))

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._drop_pending()
            self._write(("DELETE FROM traces", None), ("DELETE FROM stored", None))

    def close(self) -> None:
        """Write pending rows and close the file."""
        with self._lock:
            self.flush()
            if self._connection is not None and self._connection.process == os.getpid():
                self._connection.database.close()
            self._connection = None

    def _drop_pending(self) -> None:
        self._traces, self._latest, self._stored, self._used = {}, {}, {}, {}

    # --- connections and failures ---------------------------------------------------------------------------------

    def _first_row(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        with self._lock:
            cursor = self._run(query, values)
            if cursor is None:
                return None
            try:
                return cursor.fetchone()
            except _ERRORS as error:
                self._fail(error)
                return None

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self._lock:
            self.flush()
            cursor = self._run(query, values)
            if cursor is None:
                return []
            return self._fetched(cursor)

    def _fetched(self, cursor: sqlite3.Cursor) -> list[Any]:
        try:
            return cursor.fetchall()
        except _ERRORS as error:
            self._fail(error)
            return []

    def _run(self, query: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor | None:
        """Run a query, or return None if the database cannot be used."""
        database = self._open()
        if database is None:
            return None
        try:
            return database.execute(query, values)
        except _ERRORS as error:
            self._fail(error)
            return None

    def _write(self, *statements: tuple[str, list[Any] | None]) -> None:
        """Run statements in one transaction: all of them, or none."""
        database = self._open()
        if database is None:
            return
        try:
            database.execute("BEGIN IMMEDIATE")
            try:
                for statement, rows in statements:
                    if rows is None:
                        database.execute(statement)
                    elif rows:
                        database.executemany(statement, rows)
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise
        except _ERRORS as error:
            self._fail(error)

    def _open(self) -> sqlite3.Connection | None:
        if self._is_broken:
            return None
        connection = self._connection
        if connection is not None and connection.process == os.getpid():
            return connection.database
        if connection is not None:  # this process was forked: it writes only its own rows
            _inherited.append(connection)
            self._drop_pending()
        self._connection = None
        try:
            database = self._connect()
        except (*_ERRORS, OSError) as error:
            self._fail(error)
            return None if self._connection is None else self._connection.database
        self._connection = _Connection(database, os.getpid())
        return database

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # No write-ahead log, which does not work on network file systems.
        database = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            database.execute("PRAGMA synchronous = NORMAL")
            known = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if not {"traces", "stored"} <= known:
                database.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        except BaseException:
            database.close()
            raise
        return database

    def _fail(self, error: Exception) -> None:
        """Handle a failure: replace a corrupt file, stop writing to a read-only file, or continue without the database."""
        message = str(error)
        if _is_corrupt(error):
            self._replace_corrupt(message)
        elif "readonly" in message and not self.path.exists():  # the folder was deleted: create it again
            self._forget_connection()
        elif "readonly" in message or "read-only" in message.lower():
            self._is_read_only = True
            self._warn(f"The cache `{self.path.parent}` is read-only, so new values are not stored.")
        elif "full" in message:
            self._warn(f"The disk that holds the cache `{self.path.parent}` is full, so new values are not stored.")
        elif "locked" in message:
            self._warn(f"The cache `{self.path.parent}` is locked by another process, so it was not used.")
        else:
            self._is_broken = True
            self._warn(f"Cannot use the cache `{self.path.parent}`: {message}. The run continues without it.")

    def _forget_connection(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.database.close()
            self._connection = None

    def _replace_corrupt(self, message: str) -> None:
        self._forget_connection()
        aside = self.path.with_name(f"{FILE_NAME}.corrupt-{time.time_ns()}")
        try:
            self.path.replace(aside)
            self._connection = _Connection(self._connect(), os.getpid())
        except (OSError, *_ERRORS):
            self._is_broken = True
            self._warn(f"The database `{self.path}` is corrupt ({message}). The run continues without it.", once=False)
        else:
            self._warn(f"The database `{self.path}` was corrupt ({message}). It was moved to `{aside.name}`.", once=False)

    def _warn(self, message: str, *, once: bool = True) -> None:
        if once and self._has_warned:
            return
        self._has_warned = True
        warn(message)


def _valid_traces(rows: Iterable[Any]) -> Iterator[TraceRow]:
    """Yield a `TraceRow` for each undamaged row. Seals do not cover the columns that are checked here."""
    for row in rows:
        if [type(cell) for cell in row] == [bytes, str, str, str, str, int] and _is_json_object(row[4]):
            yield TraceRow(*row)


def _valid_stored(rows: Iterable[Any]) -> Iterator[StoredRow]:
    """Yield a `StoredRow` for each undamaged row."""
    for row in rows:
        is_typed = [type(cell) for cell in row] == [str, str, int, bytes, int]
        # the version and the format are parts of the file's name
        if is_typed and not any(separator in row[0] + row[1] for separator in "/\\"):
            yield StoredRow(*row)


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _is_corrupt(error: Exception) -> bool:
    if isinstance(error, UnicodeDecodeError):
        return True
    is_operational = isinstance(error, sqlite3.OperationalError) and "no such" not in str(error)
    return isinstance(error, sqlite3.DatabaseError) and not is_operational


def _seal(key: bytes, version: str) -> bytes:
    """Return a digest of a trace, to detect damaged rows."""
    return blake2b(key + version.encode(), digest_size=8).digest()
