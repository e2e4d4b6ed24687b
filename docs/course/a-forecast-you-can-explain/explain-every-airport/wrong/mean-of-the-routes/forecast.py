import numpy as np
import pandas as pd

from headwater import group, inject, parameterize, source

AIRPORTS = ("ewr", "jfk", "lga")
TEST_START = "2013-09-01"
"""The first test day. The last one is December 31."""


@parameterize(
    **{f"{a}_rows": {"table": source(f"{a}_features")} for a in AIRPORTS}
)
def rows(table: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """Features and calendar by day and route, without missing values."""
    days = table.index.get_level_values("date")
    known = calendar.loc[days].set_axis(table.index)
    return pd.concat([table, known], axis="columns").dropna()


@parameterize(
    **{f"{a}_weights": {"rows": source(f"{a}_rows")} for a in AIRPORTS}
)
def weights(rows: pd.DataFrame, departures: pd.DataFrame) -> pd.Series:
    """The weight of each column, from a fit on the days before TEST_START."""
    past = rows[rows.index.get_level_values("date") < TEST_START]
    days, names = past.index.unique("date"), past.index.unique("route")
    x, y = past.to_numpy(), departures.loc[days, names].to_numpy().ravel()
    found, *_ = np.linalg.lstsq(x.T @ x, x.T @ y, rcond=1e-9)
    return pd.Series(found, past.columns)


@parameterize(
    **{
        f"{a}_forecast": {
            "rows": source(f"{a}_rows"),
            "weights": source(f"{a}_weights"),
        }
        for a in AIRPORTS
    }
)
def forecast(rows: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Forecast departures per day: the sum over every route."""
    return (rows @ weights).groupby("date").sum()


@parameterize(
    **{
        f"{a}_errors": {"total": source(a), "forecast": source(f"{a}_forecast")}
        for a in AIRPORTS
    }
)
def errors(total: pd.Series, forecast: pd.Series) -> pd.DataFrame:
    """Absolute errors of model and baseline on the test days."""
    table = {"model": total - forecast, "baseline": total - total.shift(7)}
    return pd.DataFrame(table).abs()[TEST_START:]


@parameterize(
    **{
        f"{a}_contributions": {
            "rows": source(f"{a}_rows"),
            "weights": source(f"{a}_weights"),
        }
        for a in AIRPORTS
    }
)
def contributions(
    rows: pd.DataFrame, weights: pd.Series, day: str = "2013-11-28"
) -> pd.Series:
    """Contribution of each column to the forecast for a day, in departures."""
    return rows.loc[day].mean() * weights


@inject(parts=group(**{a: source(f"{a}_contributions") for a in AIRPORTS}))
def explanation(parts: dict[str, pd.Series]) -> pd.DataFrame:
    """Contribution of each column (rows), by airport (columns)."""
    return pd.DataFrame(parts)


@inject(errors=group(**{a: source(f"{a}_errors") for a in AIRPORTS}))
def report(errors: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Mean absolute error of model and baseline (rows), by airport."""
    return pd.DataFrame({a: table.mean() for a, table in errors.items()})
