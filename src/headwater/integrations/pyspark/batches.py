"""Functions on pandas Series as pandas UDFs, which Spark calls on its workers with batches of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from pyspark.sql import Column, DataFrame
from pyspark.sql.functions import pandas_udf

from headwater.integrations.pyspark.column_types import declared_type, result_type
from headwater.libraries.queries import ColumnFunction


def batch_column(function: ColumnFunction, frame: DataFrame, values: Sequence[Any]) -> Column:
    """Return the column that a function computes from columns of a frame.

    Raises:
        UnknownColumnType: the type of the column is not declared and cannot be inferred.
        TypeError: an argument is a Column, but the function that returned it is annotated with another type.
    """
    columns: list[Column] = [values[position] for position in function.columns]
    if any(isinstance(value, Column) for position, value in enumerate(values) if position not in function.columns):
        raise TypeError("An argument is a Column, but the function that returned it is not annotated with `-> Column`.")
    others = [None if position in function.columns else value for position, value in enumerate(values)]
    call = _batch_call(function, others)
    call.__name__ = function.node.rpartition(".")[2]  # the name in query plans
    returns = declared_type(function.returns)
    if returns is None:
        inputs = [field.dataType for field in frame.select(*columns).schema.fields]
        returns = result_type(function, call, inputs)
    return pandas_udf(call, returns)(*columns)


def _batch_call(function: ColumnFunction, others: Sequence[Any]) -> Callable[..., pd.Series[Any]]:
    """Return a function of the columns alone, with the other arguments bound.

    Spark pickles a nested function by value. The function refers to nothing else in this module, so the workers do not need
    Headwater.
    """
    call, positions, keywords = function.call, function.columns, function.keywords
    by_position = len(others) - len(keywords)
    note = f"Raised in node `{function.node}` ({function.location})"

    def run(*batches: Any) -> Any:
        arguments = list(others)
        for position, batch in zip(positions, batches, strict=True):
            arguments[position] = batch
        try:
            return call(*arguments[:by_position], **dict(zip(keywords, arguments[by_position:], strict=True)))
        except Exception as error:
            error.add_note(note)
            raise

    run.__annotations__ = {"batches": pd.Series, "return": pd.Series}  # Spark reads the kind of UDF from the annotations
    return run
