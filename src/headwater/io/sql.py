"""SQL for table loaders and savers: database detection and atomic table writes."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from typing import Any, Final, Literal

from headwater.errors import HeadwaterError

IfExists = Literal["fail", "replace", "append"]

_PLAIN: Final = (str, int, float, bytes, type(None))


class TableExists(HeadwaterError):
    """The table to create already exists."""

    def __init__(self, table: str) -> None:
        super().__init__(f'Table `{table}` already exists. Pass `if_exists="replace"` or `if_exists="append"`.')


class UnknownDatabase(HeadwaterError):
    """Headwater cannot read or write tables through this kind of connection."""

    def __init__(self, connection: object) -> None:
        kind = f"{type(connection).__module__}.{type(connection).__qualname__}"
        super().__init__(
            f"`db_connection` is a {kind}, which is not supported. Pass an open SQLite or DuckDB connection. For any other "
            "database, pass a SQLAlchemy engine or connection."
        )


def library_of(connection: object) -> str:
    """Return the package that defines the class of a connection, such as `sqlite3`, `duckdb` or `sqlalchemy`."""
    roots = [kind.__module__.partition(".")[0].lstrip("_") for kind in type(connection).__mro__]
    return next((root for root in roots if root in ("sqlite3", "duckdb", "sqlalchemy")), roots[0])


def query_of(query_or_table: str) -> str:
    """Return a query unchanged. For a table name, return a query that selects the whole table."""
    is_query = " " in query_or_table.strip() or "\n" in query_or_table.strip()
    return query_or_table if is_query else f"SELECT * FROM {quoted(query_or_table)}"  # noqa: S608 - the name is quoted


def quoted(name: str) -> str:
    """Quote a name for SQL. The parts of `schema.table` are quoted separately."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def rows_of(connection: Any, query: str) -> tuple[list[str], list[Any]]:
    """Return the column names and rows of a query's result through the standard database API (PEP 249).

    Raises:
        UnknownDatabase: if `connection` is not a connection.
    """
    if not hasattr(connection, "cursor"):
        raise UnknownDatabase(connection)
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return [column[0] for column in cursor.description], list(cursor.fetchall())


def write_to_sqlite(
    connection: Any, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], if_exists: IfExists
) -> None:
    """Write rows in one transaction. `columns` are names and SQL types.

    Raises:
        TableExists: if the table exists and `if_exists` is "fail".
    """
    definitions = ", ".join(f"{_column(name)} {type_}" for name, type_ in columns)
    marks = ", ".join("?" for _ in columns)
    with _writing(connection, table, if_exists) as is_new:
        if is_new:
            connection.execute(f"CREATE TABLE {quoted(table)} ({definitions})")
        names = ", ".join(_column(name) for name, _ in columns)
        insert = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608 - the names are quoted
        connection.executemany(insert, (tuple(map(_as_sqlite, row)) for row in rows))


def write_to_duckdb(connection: Any, table: str, frame: Any, if_exists: IfExists) -> None:
    """Write a frame of any library that DuckDB supports, in a separate transaction.

    Raises:
        TableExists: if the table exists and `if_exists` is "fail".
    """
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.register("headwater_frame", frame)
        with _writing(cursor, table, if_exists) as is_new:
            verb = f"CREATE TABLE {quoted(table)} AS" if is_new else f"INSERT INTO {quoted(table)} BY NAME"
            cursor.execute(f"{verb} SELECT * FROM headwater_frame")  # noqa: S608 - the name is quoted


@contextlib.contextmanager
def sqlalchemy_transaction(connection: Any) -> Generator[Any]:
    """Yield a SQLAlchemy connection in a transaction. If the connection already has an open transaction, use that."""
    if getattr(connection, "in_transaction", bool)():
        yield connection
        return
    with connection.begin() as begun:
        yield begun if hasattr(begun, "execute") else connection  # `begin()` of an engine yields a connection


@contextlib.contextmanager
def _writing(connection: Any, table: str, if_exists: IfExists) -> Generator[bool]:
    """Open a transaction for writing a table. Yield True if the table must be created."""
    exists = _exists(connection, table)
    if exists and if_exists == "fail":
        raise TableExists(table)
    with _transaction(connection):
        if exists and if_exists == "replace":
            connection.execute(f"DROP TABLE {quoted(table)}")
        yield not exists or if_exists == "replace"


@contextlib.contextmanager
def _transaction(connection: Any) -> Generator[None]:
    """Open a transaction. If a transaction is already open, create a savepoint in it and leave the transaction open."""
    begin, undo, commit = "BEGIN", "ROLLBACK", "COMMIT"
    if getattr(connection, "in_transaction", False):
        begin, undo, commit = "SAVEPOINT headwater", "ROLLBACK TO headwater", "RELEASE headwater"
    connection.execute(begin)
    try:
        yield
    except BaseException:
        connection.execute(undo)
        if begin != "BEGIN":
            connection.execute(commit)
        raise
    connection.execute(commit)


def _exists(connection: Any, table: str) -> bool:
    try:
        connection.execute(f"SELECT 1 FROM {quoted(table)} LIMIT 0").fetchall()  # noqa: S608 - the name is quoted
    except Exception as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return False
        raise
    return True


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _as_sqlite(value: Any) -> Any:
    """Convert a value for SQLite. Dates and times become text that SQLite's date functions accept."""
    if isinstance(value, _PLAIN):
        return value
    return value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else str(value)
