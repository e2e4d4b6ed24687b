"""Database tables as polars frames."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import polars as pl

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
class PolarsSqlLoader:
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
        return (pl.DataFrame,)

    def load_data(self, type_: Any) -> tuple[pl.DataFrame, Metadata]:
        """Return the frame."""
        del type_
        frame = self._frame(query_of(self.query_or_table))
        return frame, _table_metadata(self.query_or_table, frame)

    def _frame(self, query: str) -> pl.DataFrame:
        connection = self.db_connection
        match library_of(connection):
            case "duckdb":
                with contextlib.closing(connection.cursor()) as cursor:
                    return pl.DataFrame(cursor.sql(query).to_arrow_table())
            case "sqlalchemy":
                return pl.read_database(query, connection)
            case _:
                names, rows = rows_of(connection, query)
                return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


@dataclass(frozen=True)
class PolarsSqlSaver:
    """Saves a frame as a table in one transaction. Supports SQLite, DuckDB and, through SQLAlchemy, other databases."""

    table_name: str
    db_connection: Any
    if_exists: IfExists = "fail"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "sql"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the frame class."""
        return (pl.DataFrame,)

    def save_data(self, data: pl.DataFrame) -> Metadata:
        """Write the table."""
        connection = self.db_connection
        match library_of(connection):
            case "sqlite3":
                columns = [(name, _sql_type(dtype)) for name, dtype in data.schema.items()]
                write_to_sqlite(connection, self.table_name, columns, data.iter_rows(), self.if_exists)
            case "duckdb":
                write_to_duckdb(connection, self.table_name, data.to_arrow(), self.if_exists)
            case "sqlalchemy":
                with sqlalchemy_transaction(connection) as transaction:
                    data.write_database(self.table_name, transaction, engine="sqlalchemy", if_table_exists=self.if_exists)
            case _:
                raise UnknownDatabase(connection)
        return _table_metadata(self.table_name, data)


def _table_metadata(query_or_table: str, frame: pl.DataFrame) -> Metadata:
    return {**sql_metadata(query_or_table, frame.height), **dataframe_metadata(frame.height, dict(frame.schema))}


def _sql_type(dtype: pl.DataType) -> str:
    if dtype.is_integer() or dtype == pl.Boolean:
        return "INTEGER"
    if dtype.is_float():
        return "REAL"
    return "TIMESTAMP" if isinstance(dtype, pl.Datetime) else "TEXT"
