"""Days on which a city warns its inhabitants."""

import pandas as pd


def soil_water(rain_sum_30d: pd.Series, temp_mean_30d: pd.Series) -> pd.Series:
    """Estimate of the water in the soil, in mm."""
    return (rain_sum_30d - 4 * temp_mean_30d).clip(lower=0)


def flood_alert(rain_sum_3d: pd.Series, soil_water: pd.Series) -> pd.Series:
    """Days of heavy rain on wet soil."""
    return (rain_sum_3d > 50) & (soil_water > 100)


def storm_alert(wind_max_2d: pd.Series) -> pd.Series:
    """Days with strong wind, and the days after them."""
    return wind_max_2d > 7


def tree_alert(storminess_5d: pd.Series) -> pd.Series:
    """Days on which trees may fall."""
    return storminess_5d > 200


def fire_risk(
    wet_days_14d: pd.Series, temp_high_7d: pd.Series, wind_mean_7d: pd.Series
) -> pd.Series:
    """Risk of a forest fire, from 0 upwards."""
    return (14 - wet_days_14d) * temp_high_7d * wind_mean_7d / 100


def fire_alert(fire_risk: pd.Series) -> pd.Series:
    """Days on which open fires are forbidden."""
    return fire_risk > 12


def heat_alert(temp_high_3d: pd.Series, temp_low_3d: pd.Series) -> pd.Series:
    """Hot days without cool nights."""
    return (temp_high_3d > 32) & (temp_low_3d > 15)


def frost_alert(temp_low_2d: pd.Series) -> pd.Series:
    """Days on which roads may be icy."""
    return temp_low_2d < -2
