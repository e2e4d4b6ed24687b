from pathlib import Path

import pandas as pd


def generation() -> pd.DataFrame:
    """Electricity generated in Iowa by year and source, in GWh."""
    table = pd.read_csv(Path(__file__).with_name("iowa-electricity.csv"))
    table["year"] = table["year"].str[:4].astype(int)
    return table.pivot(index="year", columns="source", values="net_generation")


def renewable_share(generation: pd.DataFrame) -> pd.Series:
    """Share of renewable sources in all electricity, in percent."""
    return 100 * generation["Renewables"] / generation.sum(axis="columns")


def target_year(renewable_share: pd.Series, target: float = 30.0) -> int | None:
    """The first year with a share of at least `target`, in percent.

    None if no year reaches the target.
    """
    reached = renewable_share.index[renewable_share > target]
    return int(reached[0]) if len(reached) else None
