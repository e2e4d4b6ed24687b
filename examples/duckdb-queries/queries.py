"""Queries as nodes. DuckDB combines them, and computes only the result."""

from __future__ import annotations

import duckdb

Relation = duckdb.DuckDBPyRelation


def connection() -> duckdb.DuckDBPyConnection:
    """An in-memory database."""
    return duckdb.connect()


def readings(connection: duckdb.DuckDBPyConnection, days: int = 365) -> Relation:
    """Readings of two sensors by day, in °C. A real function would read Parquet files."""
    query = """
        select sensor, day, round(10 + sensor + 8 * sin(day * 2 * pi() / 365), 2) as celsius
        from range(1, 3) sensors(sensor), range(?) calendar(day)
    """
    return connection.sql(query, params=[days])


def faultless(readings: Relation) -> Relation:
    """Readings without impossible values."""
    return readings.filter("celsius between -60 and 60")


def weekly(faultless: Relation) -> Relation:
    """Mean temperature of each sensor and week, in °C."""
    return faultless.aggregate("sensor, day // 7 as week, avg(celsius) as celsius", "sensor, week")


def ranked(weekly: Relation) -> Relation:
    """The weeks of each sensor, ranked from warmest to coldest."""
    rank = "row_number() over (partition by sensor order by celsius desc, week) as rank"
    return weekly.project(f"sensor, week, round(celsius, 1) as celsius, {rank}")


def warmest(ranked: Relation, count: int = 3) -> Relation:
    """The warmest weeks of each sensor, in °C."""
    return ranked.filter(duckdb.ColumnExpression("rank") <= count).order("sensor, rank")


def report(warmest: Relation) -> list[tuple[int, int, float]]:
    """The result. Only this node computes anything."""
    return warmest.project("sensor, week, celsius").fetchall()
