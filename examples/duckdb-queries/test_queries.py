"""Tests of the queries. Each node is tested with a relation of a few rows."""

import duckdb
import queries

from headwater import Builder

driver = Builder().with_modules(queries).build()


def test_the_report_has_the_warmest_weeks_of_each_sensor() -> None:
    report = driver.execute(["report"], inputs={"count": 1})["report"]
    assert [(sensor, celsius) for sensor, _, celsius in report] == [(1, 19.0), (2, 20.0)]


def test_faults_are_left_out() -> None:
    with duckdb.connect() as connection:
        readings = connection.sql("select 1 as sensor, 0 as day, unnest([10.0, 999.0]) as celsius")
        assert queries.faultless(readings).fetchall() == [(1, 0, 10.0)]


def test_a_query_is_replaced() -> None:
    with duckdb.connect() as connection:
        weekly = connection.sql("select 1 as sensor, 5 as week, 21.04 as celsius")
        assert driver.execute(["report"], overrides={"weekly": weekly}) == {"report": [(1, 5, 21.0)]}
