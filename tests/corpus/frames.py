"""Data frames: names from another library, columns, fields and checks."""

import pandas as pd
from pandas import DataFrame as Table

import headwater as hw
from headwater import check_output, extract_columns
from headwater.decorators import extract_fields, tag

COLUMNS = ["age", ("height", "in metres")]


@tag(stage="raw", owner=["ops", "growth"])
@extract_columns(*COLUMNS, "weight")
def people(path: str) -> Table:
    """Everybody."""
    return pd.read_csv(path)


@extract_fields({"low": float, "high": float, "at": pd.Timestamp})
@hw.tag(kind="summary")
def bounds(age: pd.Series, height: pd.Series) -> dict:
    """The bounds."""
    return {"low": 0.0, "high": 1.0}


@check_output(range=(0.0, float("inf")), allow_nans=False)
def ratio(weight: pd.Series, height: pd.Series) -> pd.Series:
    return weight / height**2


@check_output(data_type=float, values_in=[1.0, 2.0], importance="fail")
def spread(low: float, high: float) -> float:
    return high - low


@tag(unit="kg")
def final(ratio: pd.Series, spread: float, optional: pd.Series | None = None) -> pd.DataFrame:
    return pd.DataFrame({"ratio": ratio})
