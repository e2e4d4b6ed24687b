"""How well tomorrow's temperature can be told from how unusual today is."""

import pandas as pd


def forecast(
    seasonal_baseline: pd.Series, anomaly: pd.Series, horizon: int = 1
) -> pd.Series:
    """Temperature expected for the day, in °C, told `horizon` days before.

    The usual for the day, plus how unusual it was when that was told.
    """
    return seasonal_baseline + anomaly.shift(horizon)


def error(forecast: pd.Series, temp_mean: pd.Series) -> pd.Series:
    """How much too warm the forecast was, in °C, where there is one."""
    return (forecast - temp_mean).dropna()


def mae(error: pd.Series) -> float:
    """Mean absolute error of the forecast, in °C."""
    return float(error.abs().mean())


def usual_mae(
    error: pd.Series, seasonal_baseline: pd.Series, temp_mean: pd.Series
) -> float:
    """Mean absolute error of expecting the usual, in °C, on the same days."""
    usual_error = (seasonal_baseline - temp_mean).loc[error.index]
    return float(usual_error.abs().mean())


def skill(mae: float, usual_mae: float) -> float:
    """What the forecast gains over the usual: 1 is perfect, 0 no gain."""
    return 1 - mae / usual_mae


def report(
    temp_mean: pd.Series,
    rain_days: pd.Series,
    warm_spells: pd.DataFrame,
    error: pd.Series,
) -> pd.DataFrame:
    """One row a year: temperature and error in °C, days of rain and warmth."""
    warm_days = warm_spells.groupby(warm_spells["first"].dt.year)["days"]
    columns = {
        "temp_mean": temp_mean.groupby(temp_mean.index.year).mean(),
        "rain_days": rain_days,
        "warm_days": warm_days.sum(),
        "mae": error.abs().groupby(error.index.year).mean(),
    }
    return pd.DataFrame(columns).rename_axis("year").round(2)
