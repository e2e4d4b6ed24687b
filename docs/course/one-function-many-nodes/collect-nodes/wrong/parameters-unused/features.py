from pathlib import Path

import pandas as pd

from headwater import extract_columns, group, inject, parameterize, source

SECTORS = ("construction", "manufacturing", "information", "government")


@extract_columns(*SECTORS)
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@parameterize(**{f"yoy_{name}": {"workers": source(name)} for name in SECTORS})
def yoy(workers: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return workers.pct_change(12)


@inject(growths=group(*[source(f"yoy_{name}") for name in SECTORS]))
def fastest(jobs: pd.DataFrame, growths: list[pd.Series]) -> str:
    """The sector with the highest growth in the latest month."""
    growth = {name: jobs[name].pct_change(12) for name in SECTORS}
    return max(growth, key=lambda name: growth[name].iloc[-1])
