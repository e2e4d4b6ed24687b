"""Database tables as pandas frames."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from headwater.io.metadata import dataframe_metadata, sql_metadata
from headwater.io.protocol import Metadata
from headwater.io.sql import (
    IfExists,
    UnknownDatabase,
    library_of,
    query_of,
    rows_of,
    sqlalchemy_transaction,
    write_to_duckdb,
    write_to_sqlite,
)


@dataclass(frozen=True)
class PandasSqlLoader:
    """A loader for a table or a query result. Accepts any Python database connection, or a SQLAlchemy engine or connection."""

    query_or_table: str
    db_connection: Any

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "sql"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the frame class."""
        return (pd.DataFrame,)

    def load_data(self, type_: Any) -> tuple[pd.DataFrame, Metadata]:
        """Return the frame."""
        del type_
        frame = self._frame(query_of(self.query_or_table))
        return frame, _table_metadata(self.query_or_table, frame)

    def _frame(self, query: str) -> pd.DataFrame:
        connection = self.db_connection
        if library_of(connection) in ("sqlalchemy", "sqlite3"):
            return pd.read_sql_query(query, connection)
        if library_of(connection) == "duckdb":
            with contextlib.closing(connection.cursor()) as cursor:
                frame: pd.DataFrame = cursor.execute(query).df()
                return frame
        names, rows = rows_of(connection, query)
        return pd.DataFrame.from_records(rows, columns=names)


@dataclass(frozen=True)
class PandasSqlSaver:
    """Saves a frame as a table in one transaction. Supports SQLite, DuckDB and, through SQLAlchemy, other databases."""

    table_name: str
    db_connection: Any
    if_exists: IfExists = "fail"
    index: bool = True

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "sql"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the frame class."""
        return (pd.DataFrame,)

    def save_data(self, data: pd.DataFrame) -> Metadata:
        """Write the table."""
        table = data.reset_index() if self.index else data
        connection = self.db_connection
        match library_of(connection):
            case "sqlite3":
                columns = [(str(name), _sql_type(dtype)) for name, dtype in table.dtypes.items()]
                rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
                write_to_sqlite(connection, self.table_name, columns, rows, self.if_exists)
            case "duckdb":
                write_to_duckdb(connection, self.table_name, table, self.if_exists)
            case "sqlalchemy":
                schema, _, name = self.table_name.rpartition(".")
                with sqlalchemy_transaction(connection) as transaction:
                    table.to_sql(name, transaction, schema=schema or None, if_exists=self.if_exists, index=False)
            case _:
                raise UnknownDatabase(connection)
        return _table_metadata(self.table_name, data)


def _table_metadata(query_or_table: str, frame: pd.DataFrame) -> Metadata:
    return {**sql_metadata(query_or_table, len(frame)), **dataframe_metadata(len(frame), dict(frame.dtypes))}


def _sql_type(dtype: Any) -> str:
    kind = getattr(dtype, "kind", "O")
    return {"b": "INTEGER", "i": "INTEGER", "u": "INTEGER", "f": "REAL", "M": "TIMESTAMP"}.get(kind, "TEXT")
