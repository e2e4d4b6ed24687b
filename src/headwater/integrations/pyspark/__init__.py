"""Support for Spark. `libraries/support.py` lists its modules."""
