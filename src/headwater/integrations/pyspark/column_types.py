"""The Spark types of columns that pandas UDFs compute. Spark needs each type before the function runs."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs]
from pyspark.errors import PySparkException
from pyspark.sql import types as spark
from pyspark.sql.pandas.types import from_arrow_type, to_arrow_type

from headwater.errors import UnknownColumnType
from headwater.errors.quantities import counted
from headwater.libraries.queries import ColumnFunction

_BY_CLASS: Final[Mapping[type, spark.DataType]] = {
    bool: spark.BooleanType(),
    int: spark.LongType(),
    float: spark.DoubleType(),
    str: spark.StringType(),
    bytes: spark.BinaryType(),
    dt.date: spark.DateType(),
    dt.datetime: spark.TimestampType(),
    dt.timedelta: spark.DayTimeIntervalType(),
    Decimal: spark.DecimalType(38, 18),
}
"""The Spark type for each Python class that an annotation can name."""

_SAMPLES: Final[Mapping[type[spark.DataType], object]] = {
    spark.BooleanType: True,
    spark.ByteType: 1,
    spark.ShortType: 1,
    spark.IntegerType: 1,
    spark.LongType: 1,
    spark.FloatType: 1.0,
    spark.DoubleType: 1.0,
    spark.DecimalType: Decimal(1),
    spark.StringType: "a",
    spark.BinaryType: b"a",
    spark.DateType: dt.date(2000, 1, 1),
    spark.TimestampType: dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
    spark.TimestampNTZType: dt.datetime(2000, 1, 1),  # noqa: DTZ001 - this type has no time zone
    spark.DayTimeIntervalType: dt.timedelta(days=1),
}
"""A sample value for each Spark type."""

_SAMPLE_SIZE: Final = 2


def declared_type(annotation: Any) -> spark.DataType | None:
    """Return the type that an annotation declares for a column's values, or None if it declares no type.

    >>> import pandas as pd
    >>> declared_type(Annotated[pd.Series, float])
    DoubleType()
    """
    for argument in typing.get_args(annotation):  # the metadata of `Annotated`, or the parameter of a generic Series
        if isinstance(argument, spark.DataType):
            return argument
        if isinstance(argument, type) and argument in _BY_CLASS:
            return _BY_CLASS[argument]
        if typing.get_origin(annotation) is Annotated and (nested := declared_type(argument)) is not None:
            return nested
    return None


def result_type(function: ColumnFunction, call: Callable[..., Any], inputs: Sequence[spark.DataType]) -> spark.DataType:
    """Infer the type of a function's result by calling the function with a sample of two rows.

    Raises:
        UnknownColumnType: the function fails on the sample, or the type of the result is not clear.
    """
    samples = [_sample(function, type_) for type_ in inputs]
    try:
        result = call(*samples)
    except Exception as error:
        raise _unknown(function, f"the function failed on a sample of {_SAMPLE_SIZE} rows: {error!r}") from error
    if not isinstance(result, pd.Series):
        raise _unknown(
            function, f"when called with a sample, the function returned {type(result).__name__} instead of a pandas Series"
        )
    if len(result) != _SAMPLE_SIZE:
        raise _unknown(
            function, f"when called with a sample of {_SAMPLE_SIZE} rows, the function returned {counted(len(result), 'row')}"
        )
    try:
        type_ = from_arrow_type(pa.Array.from_pandas(result).type, prefer_timestamp_ntz=False)
    except (pa.ArrowException, PySparkException) as error:
        raise _unknown(function, f"when called with a sample, the function returned values of dtype {result.dtype}") from error
    if isinstance(type_, spark.NullType):
        raise _unknown(function, "when called with a sample, the function returned only missing values")
    return _BY_CLASS[Decimal] if isinstance(type_, spark.DecimalType) else type_  # other rows may have more digits


def _sample(function: ColumnFunction, type_: spark.DataType) -> pd.Series[Any]:
    """Return a sample column in the form that Spark passes to a pandas UDF."""
    if type(type_) not in _SAMPLES:
        raise _unknown(function, f"there is no sample of the type {type_.simpleString()}")
    values = pa.array([_SAMPLES[type(type_)]] * _SAMPLE_SIZE, to_arrow_type(type_, timezone="UTC"))
    column: pd.Series[Any] = values.to_pandas(date_as_object=True)
    return column.dt.tz_localize(None) if isinstance(type_, spark.TimestampType) else column


def _unknown(function: ColumnFunction, reason: str) -> UnknownColumnType:
    return UnknownColumnType(function.node, reason, function.location)
