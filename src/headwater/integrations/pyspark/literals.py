"""Values that fill a column of a Spark frame."""

from __future__ import annotations

from typing import Any

from pyspark.sql import Column, functions


def literal(value: Any) -> Column:
    """Return an expression unchanged, and a single value as an expression that fills every row.

    Raises:
        TypeError: if the value has several elements.
    """
    if isinstance(value, Column):
        return value
    if isinstance(value, list | tuple | range) or len(getattr(value, "shape", ())) > 0:
        raise TypeError(
            f"The rows of a Spark frame have no order, so a {type(value).__name__} cannot become a column. "
            "Return a Column or a single value."
        )
    return functions.lit(value)
