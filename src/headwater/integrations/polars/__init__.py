"""Support for polars. `libraries/support.py` lists its modules."""
