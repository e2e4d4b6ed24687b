import pandas as pd


def wet_days(weather: pd.DataFrame) -> int:
    """Days with at least 10 mm of rain."""
    return int((weather["precipitation"] >= 10).sum())


def wet_share(wet_days: int, weather: pd.DataFrame) -> float:
    """Share of the days with at least 10 mm of rain, from 0 to 1."""
    return wet_days / len(weather)
