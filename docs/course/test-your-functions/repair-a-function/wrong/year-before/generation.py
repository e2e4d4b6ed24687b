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


def record_years(renewables: pd.Series) -> list[int]:
    """Years with more electricity than all years before. The first is a record."""
    is_record = ~(renewables.diff() <= 0)
    return renewables.index[is_record].tolist()


def record_count(record_years: list[int]) -> int:
    """Number of record years."""
    return len(record_years)
