"""polars; `libraries/support.py` lists what there is for it."""
