"""A forecast of tomorrow's temperature from today's anomaly, and its skill."""

import pandas as pd


def forecast(
    seasonal_baseline: pd.Series, anomaly: pd.Series, horizon: int = 1
) -> pd.Series:
    """Forecast of the day's temperature, in °C, made `horizon` days before.

    The seasonal baseline plus the anomaly when the forecast is made.
    """
    return seasonal_baseline + anomaly.shift(horizon)


def error(forecast: pd.Series, temp_mean: pd.Series) -> pd.Series:
    """Forecast minus actual temperature, in °C, on days with a forecast."""
    return (forecast - temp_mean).dropna()


def mae(error: pd.Series) -> float:
    """Mean absolute error of the forecast, in °C."""
    return float(error.abs().mean())


def usual_mae(
    error: pd.Series, seasonal_baseline: pd.Series, temp_mean: pd.Series
) -> float:
    """Mean absolute error of the baseline, in °C, on the same days."""
    usual_error = (seasonal_baseline - temp_mean).loc[error.index]
    return float(usual_error.abs().mean())


def skill(mae: float, usual_mae: float) -> float:
    """Improvement over the baseline: 1 if perfect, 0 if no better."""
    return 1 - mae / usual_mae


def report(
    temp_mean: pd.Series,
    rain_days: pd.Series,
    warm_spells: pd.DataFrame,
    error: pd.Series,
) -> pd.DataFrame:
    """One row per year: temperature and error in °C, rainy and warm days."""
    warm_days = warm_spells.groupby(warm_spells["first"].dt.year)["days"]
    columns = {
        "temp_mean": temp_mean.groupby(temp_mean.index.year).mean(),
        "rain_days": rain_days,
        "warm_days": warm_days.sum(),
        "mae": error.abs().groupby(error.index.year).mean(),
    }
    return pd.DataFrame(columns).rename_axis("year").round(2)
