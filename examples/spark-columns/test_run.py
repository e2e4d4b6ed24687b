"""Tests of the features with pandas, and of the dataflow with Spark on this machine."""

import features
import pandas as pd
from pyspark.sql import SparkSession
from run import report


def test_a_feature_is_tested_without_spark() -> None:
    assert features.fahrenheit(pd.Series([0.0, 100.0])).tolist() == [32.0, 212.0]


def test_spark_computes_the_report() -> None:
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        assert report(spark) == {"a": 10.1, "b": 24.7}
    finally:
        spark.stop()
