from pathlib import Path

import numpy as np
import pandas as pd

TEST_START = "2013-09-01"
"""The first test day. The last one is December 31."""
QUIET_DAYS = "05-26 05-27 07-04 07-05 09-01 09-02 11-28 11-29 12-24 12-25"
"""Month and day of holidays and adjacent days, with few departures."""


def lga() -> pd.Series:
    """Departures per day on 26 routes from LaGuardia."""
    path = Path(__file__).with_name("departures.csv")
    table = pd.read_csv(path, parse_dates=["date"], index_col="date")
    return table.filter(regex="^LGA-").sum(axis="columns").astype(float)


def baseline(lga: pd.Series) -> pd.Series:
    """The simplest forecast: departures one week earlier."""
    return lga.shift(7)


def baseline_error(lga: pd.Series, baseline: pd.Series) -> float:
    """Mean absolute error of the baseline on the test days."""
    return float((lga - baseline)[TEST_START:].abs().mean())


def quiet(lga: pd.Series) -> pd.Series:
    """1.0 on quiet days, 0.0 on other days."""
    is_quiet = lga.index.strftime("%m-%d").isin(QUIET_DAYS.split())
    return pd.Series(is_quiet, lga.index).astype(float)


def features(lga: pd.Series, quiet: pd.Series) -> pd.DataFrame:
    """Features of each day: earlier departures, and quiet days."""
    columns = {
        "lag_7": lga.shift(7),
        "lag_14": lga.shift(14),
        "mean_28": lga.shift(1).rolling(28).mean(),
        "quiet": quiet,
        "quiet_last_week": quiet.shift(7),
    }
    return pd.DataFrame(columns).fillna(0)


def weights(features: pd.DataFrame, lga: pd.Series) -> pd.Series:
    """The weight of each feature, by the method of least squares."""
    past = features[features.index < TEST_START]
    flights = lga.loc[past.index]
    found, *_ = np.linalg.lstsq(past.to_numpy(), flights.to_numpy())
    return pd.Series(found, past.columns)


def forecast(features: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Forecast departures per day: the features times their weights."""
    return features @ weights


def model_error(lga: pd.Series, forecast: pd.Series) -> float:
    """Mean absolute error of the model on the test days."""
    return float((lga - forecast)[TEST_START:].abs().mean())
