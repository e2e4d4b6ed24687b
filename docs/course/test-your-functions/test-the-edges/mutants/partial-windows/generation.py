from pathlib import Path

import pandas as pd


def generation() -> pd.DataFrame:
    """Electricity generated in Iowa by year and source, in GWh."""
    table = pd.read_csv(Path(__file__).with_name("iowa-electricity.csv"))
    table["year"] = table["year"].str[:4].astype(int)
    return table.pivot(index="year", columns="source", values="net_generation")


def renewables(generation: pd.DataFrame) -> pd.Series:
    """Electricity from renewable sources by year, in GWh."""
    return generation["Renewables"]


def smoothed(renewables: pd.Series) -> pd.Series:
    """Mean of this year and the two before it, in GWh.

    The first two years have no value (NaN), because they have fewer than two
    years before them.
    """
    return renewables.rolling(3, min_periods=1).mean()
