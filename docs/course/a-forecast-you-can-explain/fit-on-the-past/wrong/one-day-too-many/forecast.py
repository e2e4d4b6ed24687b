from pathlib import Path

import numpy as np
import pandas as pd

TEST_START = "2013-09-01"
"""The first test day. The last one is December 31."""


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


def features(lga: pd.Series) -> pd.DataFrame:
    """Features of each day: departures on earlier days, and their mean."""
    recent = lga.shift(1).rolling(28).mean()
    columns = {
        "lag_7": lga.shift(7),
        "lag_14": lga.shift(14),
        "mean_28": recent,
    }
    return pd.DataFrame(columns).dropna()


def weights(features: pd.DataFrame, lga: pd.Series) -> pd.Series:
    """The weight of each feature, by the method of least squares."""
    past = features[:TEST_START]
    flights = lga.loc[past.index]
    found, *_ = np.linalg.lstsq(past.to_numpy(), flights.to_numpy())
    return pd.Series(found, past.columns)


def forecast(features: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Forecast departures per day: the features times their weights."""
    return features @ weights


def model_error(lga: pd.Series, forecast: pd.Series) -> float:
    """Mean absolute error of the model on the test days."""
    return float((lga - forecast)[TEST_START:].abs().mean())
