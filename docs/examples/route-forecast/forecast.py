"""A forecast for each route from earlier weeks, and its error."""

import pandas as pd
from routes import ROUTES

from headwater import group, inject, parameterize, source

WEEK = 7  # days


@parameterize(
    **{f"{route}_last_week": {"flown": source(route)} for route in ROUTES}
)
def last_week(flown: pd.Series) -> pd.Series:
    """Departures on the same weekday of the week before."""
    return flown.shift(WEEK)


@parameterize(
    **{f"{route}_usual": {"flown": source(route)} for route in ROUTES}
)
def usual(flown: pd.Series, weeks: int = 4) -> pd.Series:
    """Mean departures on the same weekday of the last `weeks` weeks."""
    days = {week: flown.shift(WEEK * week) for week in range(1, weeks + 1)}
    return pd.DataFrame(days).mean(axis="columns", skipna=False)


@parameterize(
    **{
        f"{route}_forecast": {
            "last_week": source(f"{route}_last_week"),
            "usual": source(f"{route}_usual"),
        }
        for route in ROUTES
    }
)
def forecast(
    last_week: pd.Series, usual: pd.Series, weight: float = 0.5
) -> pd.Series:
    """Weighted mean of last week's departures and the usual departures."""
    return weight * last_week + (1 - weight) * usual


@parameterize(
    **{
        f"{route}_error": {
            "flown": source(route),
            "forecast": source(f"{route}_forecast"),
        }
        for route in ROUTES
    }
)
def error(flown: pd.Series, forecast: pd.Series) -> pd.Series:
    """Absolute error of the forecast, in departures."""
    return (forecast - flown).abs().dropna()


@inject(errors=group(**{route: source(f"{route}_error") for route in ROUTES}))
def hardest_routes(errors: dict[str, pd.Series], count: int = 10) -> pd.Series:
    """Routes with the largest mean error, in departures per day."""
    means = pd.Series({route: error.mean() for route, error in errors.items()})
    return means.nlargest(count).round(2)


@inject(errors=group(**{route: source(f"{route}_error") for route in ROUTES}))
def hardest_days(errors: dict[str, pd.Series], count: int = 10) -> pd.Series:
    """Days with the largest total error over all routes, in departures."""
    return pd.DataFrame(errors).sum(axis="columns").nlargest(count).round(1)


@inject(errors=group(**{route: source(f"{route}_error") for route in ROUTES}))
def mean_error(errors: dict[str, pd.Series]) -> float:
    """Mean absolute error per route and day, in departures."""
    return round(float(pd.DataFrame(errors).to_numpy().mean()), 3)
