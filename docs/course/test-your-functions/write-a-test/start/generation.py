from pathlib import Path

import pandas as pd


def generation() -> pd.DataFrame:
    """Electricity generated in Iowa by year and source, in GWh."""
    table = pd.read_csv(Path(__file__).with_name("iowa-electricity.csv"))
    table["year"] = table["year"].str[:4].astype(int)
    return table.pivot(index="year", columns="source", values="net_generation")


def total_generation(generation: pd.DataFrame) -> pd.Series:
    """Electricity from all sources by year, in GWh."""
    return generation.sum(axis="columns")


def renewable_share(
    generation: pd.DataFrame, total_generation: pd.Series
) -> pd.Series:
    """Share of renewable sources in all electricity, in percent."""
    return 100 * generation["Renewables"] / total_generation
