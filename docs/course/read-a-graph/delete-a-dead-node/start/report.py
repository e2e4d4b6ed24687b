"""The published values: a bulletin, and a table of features for a forecast."""

import pandas as pd

from headwater import group, inject, source

WINDOWS = range(2, 36)
FEATURES = (
    "rain_sum",
    "rain_max",
    "wet_days",
    "temp_mean",
    "temp_high",
    "temp_low",
    "temp_change",
    "wind_mean",
    "wind_max",
    "calm_days",
    "storminess",
    "heating",
)
COLUMNS = [f"{name}_{n}d" for name in FEATURES for n in WINDOWS]


@inject(features=group(**{name: source(name) for name in COLUMNS}))
def feature_table(features: dict[str, pd.Series]) -> pd.DataFrame:
    """A row for each day, and a column for each feature."""
    return pd.DataFrame(features)


def bulletin(
    flood_alert: pd.Series,
    storm_alert: pd.Series,
    tree_alert: pd.Series,
    fire_alert: pd.Series,
    heat_alert: pd.Series,
    frost_alert: pd.Series,
) -> str:
    """Number of days with each alert, in a sentence."""
    return (
        f"Floods: {flood_alert.sum()}, storms: {storm_alert.sum()}, "
        f"trees: {tree_alert.sum()}, fires: {fire_alert.sum()}, "
        f"heat: {heat_alert.sum()}, frost: {frost_alert.sum()}."
    )
