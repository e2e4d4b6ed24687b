"""Print the report, computed by Spark on this machine: `python run.py`."""

from __future__ import annotations

import features
import stations
from pyspark.sql import SparkSession

from headwater import Builder


def report(spark: SparkSession) -> dict[str, float]:
    """Return the lowest wind chill of each station, in °F."""
    spark.sparkContext.addPyFile(features.__file__)  # the workers import the module, too
    driver = Builder().with_modules(stations).build()
    coldest = driver.execute(["coldest"], inputs={"spark": spark})["coldest"]
    return {row["station"]: row["coldest"] for row in coldest.collect()}


if __name__ == "__main__":
    print(report(SparkSession.builder.master("local[2]").getOrCreate()))
