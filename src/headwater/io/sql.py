"""What loaders and savers of tables share: which kind of database it is, and tables that are written whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from typing import Any, Final, Literal

from headwater.errors import HeadwaterError

IfExists = Literal["fail", "replace", "append"]

_PLAIN: Final = (str, int, float, bytes, type(None))


class TableExists(HeadwaterError):
    """A table is to be written anew, and there is one of its name."""

    def __init__(self, table: str) -> None:
        super().__init__(f'There is a table `{table}` already. Say `if_exists="replace"` or `if_exists="append"`.')


class UnknownDatabase(HeadwaterError):
    """What was given as a connection is none that tables are read from or written to."""

    def __init__(self, connection: object) -> None:
        kind = f"{type(connection).__module__}.{type(connection).__qualname__}"
        super().__init__(
            f"`db_connection` is a {kind}. Give an open connection of SQLite or DuckDB, or, for any other database, "
            "a SQLAlchemy engine or connection."
        )


def library_of(connection: object) -> str:
    """The name of the package that a connection comes from: `sqlite3`, `duckdb`, `sqlalchemy` ..."""
    roots = [kind.__module__.partition(".")[0].lstrip("_") for kind in type(connection).__mro__]
    return next((root for root in roots if root in ("sqlite3", "duckdb", "sqlalchemy")), roots[0])


def query_of(query_or_table: str) -> str:
    """A query as it is; for the name of a table, the query for all of it."""
    is_query = " " in query_or_table.strip() or "\n" in query_or_table.strip()
    return query_or_table if is_query else f"SELECT * FROM {quoted(query_or_table)}"  # noqa: S608 - the name is quoted


def quoted(name: str) -> str:
    """A name as SQL writes it; the parts of `schema.table` on their own."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def rows_of(connection: Any, query: str) -> tuple[list[str], list[Any]]:
    """The names of the columns and the rows that a query gives, by what every database module has (PEP 249).

    Raises:
        UnknownDatabase: for something else than a connection.
    """
    if not hasattr(connection, "cursor"):
        raise UnknownDatabase(connection)
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute(query)
        return [column[0] for column in cursor.description], list(cursor.fetchall())


def write_to_sqlite(
    connection: Any, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], if_exists: IfExists
) -> None:
    """Writes rows in one transaction; `columns` are names and SQL types.

    Raises:
        TableExists: if there is such a table, and `if_exists` is "fail".
    """
    named = ", ".join(f"{_column(name)} {type_}" for name, type_ in columns)
    marks = ", ".join("?" for _ in columns)
    with _writing(connection, table, if_exists) as is_new:
        if is_new:
            connection.execute(f"CREATE TABLE {quoted(table)} ({named})")
        listed = ", ".join(_column(name) for name, _ in columns)
        insert = f"INSERT INTO {quoted(table)} ({listed}) VALUES ({marks})"  # noqa: S608 - the names are quoted
        connection.executemany(insert, (tuple(map(_as_sqlite, row)) for row in rows))


def write_to_duckdb(connection: Any, table: str, frame: Any, if_exists: IfExists) -> None:
    """Writes a frame, of any library that DuckDB reads, in one transaction of its own.

    Raises:
        TableExists: if there is such a table, and `if_exists` is "fail".
    """
    with contextlib.closing(connection.cursor()) as own:
        own.register("headwater_frame", frame)
        with _writing(own, table, if_exists) as is_new:
            verb = f"CREATE TABLE {quoted(table)} AS" if is_new else f"INSERT INTO {quoted(table)} BY NAME"
            own.execute(f"{verb} SELECT * FROM headwater_frame")  # noqa: S608 - the name is quoted


@contextlib.contextmanager
def sqlalchemy_transaction(connection: Any) -> Generator[Any]:
    """A SQLAlchemy connection in a transaction; one that is open already is joined, and left to its owner."""
    if getattr(connection, "in_transaction", bool)():
        yield connection
        return
    with connection.begin() as begun:
        yield begun if hasattr(begun, "execute") else connection  # that of an engine is a connection


@contextlib.contextmanager
def _writing(connection: Any, table: str, if_exists: IfExists) -> Generator[bool]:
    """A transaction in which a table is written; true if it has to be made first."""
    exists = _exists(connection, table)
    if exists and if_exists == "fail":
        raise TableExists(table)
    with _transaction(connection):
        if exists and if_exists == "replace":
            connection.execute(f"DROP TABLE {quoted(table)}")
        yield not exists or if_exists == "replace"


@contextlib.contextmanager
def _transaction(connection: Any) -> Generator[None]:
    """A transaction; one that is open already is joined: it gets all of the table or nothing, and is left to its owner."""
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
    """A value of a kind that SQLite has; dates and times as text, as SQLite's own functions read them."""
    if isinstance(value, _PLAIN):
        return value
    return value.isoformat(sep=" ") if hasattr(value, "hour") and hasattr(value, "year") else str(value)
