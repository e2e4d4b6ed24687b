"""Rounds of the Spark benchmark. Prints the seconds of each variant as JSON: `python -m benchmarks.spark_rounds 5`."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sf
from pyspark.sql.functions import pandas_udf

from headwater import Builder, with_columns

ROWS = 500_000
WIDTH = 20
DEPTH = 5
NATIVE = 200

Variant = Callable[[DataFrame], DataFrame]


def main(rounds: int) -> None:
    """Run all variants in turn, after one round that warms up Spark and its workers."""
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    frame = session.range(ROWS).select(sf.col("id").cast("double").alias("a"), (sf.col("id") * 2.0).alias("b")).cache()
    frame.count()
    variants: Mapping[str, tuple[Variant, Callable[[DataFrame], object]]] = {
        "flat headwater": (appended(flat()), run),
        "flat select": (flat_select, run),
        "flat chain": (flat_chain, run),
        "deep headwater": (appended(deep()), run),
        "deep select": (deep_select, run),
        "native headwater": (appended(native()), resolve),
        "native select": (native_select, resolve),
        "native chain": (native_chain, resolve),
    }
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(rounds + 1):
        for name, (variant, finish) in variants.items():
            start = time.perf_counter()
            finish(variant(frame))
            if number > 0:
                seconds[name].append(time.perf_counter() - start)
    print(json.dumps(seconds))


def run(frame: DataFrame) -> None:
    """Compute every column of every row, without transferring a result."""
    frame.write.format("noop").mode("overwrite").save()


def resolve(frame: DataFrame) -> object:
    """Wait until Spark has analyzed the query, without running it."""
    return frame.schema


def appended(columns: list[Callable[..., Any]]) -> Variant:
    """Return the variant that appends the functions' columns with Headwater. The driver is built only once, as in a service."""

    @with_columns(*columns, columns_to_pass=["a", "b"])
    def table(data: DataFrame) -> DataFrame:
        return data

    driver = Builder().with_functions(table).build()
    return lambda frame: driver.execute(["table"], inputs={"data": frame})["table"]


# --- pandas UDFs that depend only on the frame --------------------------------------------------------------------------


def flat() -> list[Callable[..., Any]]:
    """Return functions of the two columns of the frame."""
    return [named(f"c{number}", "a", "b", lambda a, b: a * 2.0 + b, pd.Series) for number in range(WIDTH)]


def flat_select(frame: DataFrame) -> DataFrame:
    """Append the columns in one select."""
    return frame.select("*", *(udf_of(function)("a", "b").alias(function.__name__) for function in flat()))


def flat_chain(frame: DataFrame) -> DataFrame:
    """Append one column after another."""
    for function in flat():
        frame = frame.withColumn(function.__name__, udf_of(function)("a", "b"))
    return frame


# --- levels of pandas UDFs, each of which reads both columns of the previous level --------------------------------------


def deep() -> list[Callable[..., Any]]:
    """Return the functions of all levels."""
    return [function for level in deep_levels() for function in level]


def deep_levels() -> list[list[Callable[..., Any]]]:
    """Return two functions for each level."""
    levels = []
    left, right = "a", "b"
    for number in range(DEPTH):
        levels.append(
            [
                named(f"left{number}", left, right, lambda a, b: a + b, pd.Series),
                named(f"right{number}", left, right, lambda a, b: a - b, pd.Series),
            ]
        )
        left, right = f"left{number}", f"right{number}"
    return levels


def deep_select(frame: DataFrame) -> DataFrame:
    """Append each level in one select."""
    for level in deep_levels():
        frame = frame.select("*", *(udf_of(function)(*parameters(function)).alias(function.__name__) for function in level))
    return frame


# --- native columns -----------------------------------------------------------------------------------------------------


def native() -> list[Callable[..., Any]]:
    """Return functions that compute Spark expressions from the two columns of the frame."""
    return [named(f"c{number}", "a", "b", lambda a, b: a * 2.0 + b, Column) for number in range(NATIVE)]


def native_select(frame: DataFrame) -> DataFrame:
    """Append the columns in one select."""
    a, b = sf.col("a"), sf.col("b")
    return frame.select("*", *((a * 2.0 + b).alias(f"c{number}") for number in range(NATIVE)))


def native_chain(frame: DataFrame) -> DataFrame:
    """Append one column after another."""
    a, b = sf.col("a"), sf.col("b")
    for number in range(NATIVE):
        frame = frame.withColumn(f"c{number}", a * 2.0 + b)
    return frame


def named(name: str, left: str, right: str, body: Callable[..., Any], type_: Any) -> Callable[..., Any]:
    """Return a function of two columns with the given name and parameter names."""
    code = body.__code__.replace(co_name=name, co_varnames=(left, right))
    function = FunctionType(code, {}, name)
    function.__annotations__ = {left: type_, right: type_, "return": type_}
    function.__module__ = "__main__"
    return function


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the columns that a function reads."""
    names: tuple[str, ...] = function.__code__.co_varnames
    return names


def udf_of(function: Callable[..., Any]) -> Callable[..., Column]:
    """Return the pandas UDF for a function of double columns."""
    udf: Callable[..., Column] = pandas_udf(function, "double")
    return udf


if __name__ == "__main__":
    main(int(sys.argv[1]))
