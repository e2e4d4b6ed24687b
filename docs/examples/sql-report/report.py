"""A report on flights, computed by SQLite. Each query is a node."""

import csv
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("month", "carrier", "origin", "dest", "arr_delay", "distance")


class Row(NamedTuple):
    """A row of the report: delay in minutes, distance in miles."""

    name: str
    flights: int
    delay: float
    distance: int


def _rows(name: str) -> Iterator[dict[str, str | None]]:
    path = Path(__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            yield {column: value or None for column, value in row.items()}


def database() -> sqlite3.Connection:
    """In-memory database of airlines, and of flights from New York in 2013."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create table flights (month int, carrier text, origin text, dest text,"
        " arr_delay int, distance int)"
    )
    connection.executemany(
        "insert into flights values (?, ?, ?, ?, ?, ?)",
        ([row[name] for name in COLUMNS] for row in _rows("flight-delays.csv")),
    )
    connection.execute("create table airlines (carrier text, name text)")
    connection.executemany(
        "insert into airlines values (:carrier, :name)", _rows("airlines.csv")
    )
    return connection


def airlines(database: sqlite3.Connection, min_flights: int = 50) -> list[Row]:
    """Airlines by mean delay, in minutes."""
    query = """
        select name, count(arr_delay), round(avg(arr_delay), 1), sum(distance)
        from flights join airlines using (carrier)
        group by carrier having count(arr_delay) >= ?
        order by avg(arr_delay)
    """
    return [Row(*row) for row in database.execute(query, [min_flights])]


def months(database: sqlite3.Connection) -> dict[int, float]:
    """Mean delay of each month, in minutes."""
    query = """
        select month, round(avg(arr_delay), 1) from flights group by month
    """
    return dict(database.execute(query).fetchall())


def worst_month(months: dict[int, float]) -> int:
    """The month with the highest mean delay."""
    return max(months, key=months.__getitem__)


def report(airlines: list[Row], worst_month: int) -> str:
    """The report as text."""
    rows = [f"{'airline':<26}{'flights':>8}{'delay':>8}{'miles':>12}"]
    rows += [
        f"{row.name:<26}{row.flights:>8}{row.delay:>8}{row.distance:>12,}"
        for row in airlines
    ]
    return "\n".join([*rows, f"Highest mean delay: month {worst_month}"])
