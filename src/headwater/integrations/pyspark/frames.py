"""Spark frames: columns as nodes, and columns appended to frames. Spark computes them when the query runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, functions

from headwater.integrations.pyspark.literals import literal
from headwater.libraries.queries import ColumnFunction, QueryStep
from headwater.types import typing_rules

EXPRESSION: Final = "pyspark.sql.Column"
BATCH: Final = "pandas.Series"


def is_frame(type_: type) -> bool:
    """Return True for `DataFrame` and its subclasses."""
    return issubclass(type_, DataFrame)


def column_type() -> type:
    """Return `Column`, the class of an expression. In Spark, every column is an expression."""
    return Column


def column_names(frame: DataFrame) -> Sequence[object]:
    """Return the column names of a frame."""
    return list(frame.columns)


def column(frame: DataFrame, name: str) -> Column:
    """Return the expression for a column of a frame."""
    del frame
    return _reference(name)


def column_at(frame: DataFrame, position: int, name: str) -> Column:
    """Return the expression for the column at a position, renamed to `name`."""
    return _reference(frame.columns[position]).alias(name)


def constant_column(frame: DataFrame, name: str, value: Any) -> Column:
    """Return the expression for a column with the same value in every row."""
    del frame
    return literal(value).alias(name)


def with_constant_columns(frame: DataFrame, names: Sequence[str], value: Any) -> DataFrame:
    """Return a frame with added columns that have the same value in every row."""
    return frame.withColumns({name: literal(value) for name in names})


def with_columns(frame: DataFrame, columns: Mapping[str, Any]) -> DataFrame:
    """Return a frame with columns added in one `select`. The added columns replace columns of the same name."""
    return frame.withColumns({name: literal(value) for name, value in columns.items()})


def accepts_expression(annotation: Any) -> bool:
    """Return True if a `Column` fits an annotation."""
    return typing_rules.fits(Column, annotation)


def accepts_batch(annotation: Any) -> bool:
    """Return True if a pandas Series fits an annotation. If pandas is not imported, no annotation can name a Series."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and typing_rules.fits(pandas.Series, annotation)


def apply_to_expressions(function: ColumnFunction, *values: Any) -> Any:
    """Return the result of a function for `Column` arguments."""
    return function.call(*_with_references(function, values))


def apply_to_batches(function: ColumnFunction, frame: DataFrame, *values: Any) -> Column:
    """Return the column that a pandas UDF computes from columns of a frame."""
    from headwater.integrations.pyspark.batches import batch_column  # imported lazily: only pandas UDFs need pandas

    return batch_column(function, frame, _with_references(function, values))


def append(step: QueryStep, frame: DataFrame, *columns: Any) -> DataFrame:
    """Return the frame with the columns that a step adds, and without the columns that the step removes."""
    remaining = iter(columns)
    new = {
        column.name: literal(next(remaining)) if column.existing is None else _reference(column.existing)
        for column in step.columns
    }
    try:
        return frame.withColumns(new).drop(*step.removed)
    except PySparkException as error:
        for column, expression in zip(step.columns, new.values(), strict=True):
            if not _is_valid(frame, expression):
                error.add_note(f"The column `{column.node}` ({column.location}) cannot be appended to the frame.")
        raise


def _with_references(function: ColumnFunction, values: Sequence[Any]) -> list[Any]:
    references = function.references
    return [_reference(references[position]) if position in references else value for position, value in enumerate(values)]


def _reference(name: str) -> Column:
    """Return a reference to a column. The column's name is quoted, because Spark would read a dot in the name as a path."""
    return functions.col("`{}`".format(name.replace("`", "``")))


def _is_valid(frame: DataFrame, expression: Column) -> bool:
    try:
        frame.select(expression)
    except PySparkException:
        return False
    return True
