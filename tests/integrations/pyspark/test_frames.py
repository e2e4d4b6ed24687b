"""Spark columns appended to frames, without Python workers. `tests/engines/test_spark.py` tests everything else."""

from __future__ import annotations

import pytest

from headwater import Builder, with_columns

pytest.importorskip("pyspark", reason="pyspark is not installed. `make engines` installs it.")

from pyspark.sql import Column, DataFrame

pytestmark = [pytest.mark.native, pytest.mark.filterwarnings("default")]  # starts Java; PySpark warns about pandas 3


def test_columns_are_appended_to_a_spark_frame(spark):
    def double(a: Column) -> Column:
        return a * 2

    def quadruple(double: Column) -> Column:
        return double * 2

    @with_columns(double, quadruple, columns_to_pass=["a"])
    def table(data: DataFrame) -> DataFrame:
        return data

    frame = Builder().with_functions(table).build().execute(["table"], inputs={"data": spark.range(2).toDF("a")})["table"]
    assert [row.asDict() for row in frame.collect()] == [
        {"a": 0, "double": 0, "quadruple": 0},
        {"a": 1, "double": 2, "quadruple": 4},
    ]
