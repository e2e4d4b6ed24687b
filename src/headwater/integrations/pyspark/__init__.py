"""Spark, with PySpark: `with_columns` over data frames."""
