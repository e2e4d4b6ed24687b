"""Support for pandas-on-Spark (`pyspark.pandas`). `libraries/support.py` lists its modules."""
