"""The wettest days in Seattle, from a database."""

import sqlite3
from pathlib import Path

import pandas as pd

from headwater import load_from, source


def database() -> sqlite3.Connection:
    """An in-memory database. Its `days` table has the weather on each day."""
    table = Path(__file__).with_name("seattle-weather.csv")
    connection = sqlite3.connect(":memory:")
    pd.read_csv(table).to_sql("days", connection, index=False)
    return connection


@load_from.sql(
    query_or_table="""
        SELECT date, precipitation FROM days WHERE precipitation > 40
    """,
    db_connection=source("database"),
)
def wettest_days(wet: pd.DataFrame) -> dict[str, float]:
    """Rain on each day with more than 40 mm, in mm."""
    return dict(zip(wet["date"], wet["precipitation"]))
