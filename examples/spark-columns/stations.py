"""The dataflow: a Spark data frame with the features as columns."""

from __future__ import annotations

import features
from pyspark.sql import DataFrame, SparkSession

from headwater import with_columns


def measured(spark: SparkSession) -> DataFrame:
    """Hourly weather, in °C and mph. A real function would read a table."""
    return spark.createDataFrame([("a", 10.0, 0.0), ("a", -5.0, 15.0), ("b", 2.0, 20.0)], ["station", "celsius", "wind_mph"])


@with_columns(features, columns_to_pass=["celsius", "wind_mph"])
def weather(measured: DataFrame) -> DataFrame:
    """Weather with its features."""
    return measured


def coldest(weather: DataFrame) -> DataFrame:
    """The lowest wind chill of each station, in °F."""
    return (
        weather.groupBy("station").agg({"wind_chill": "min"}).withColumnRenamed("min(wind_chill)", "coldest").orderBy("station")
    )
