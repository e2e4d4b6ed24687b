"""Growth of employment in 22 series, from one function for all of them."""

from pathlib import Path

import pandas as pd

from headwater import extract_columns, group, inject, parameterize, source

SERIES = (
    "nonfarm",
    "private",
    "goods_producing",
    "service_providing",
    "private_service_providing",
    "mining_and_logging",
    "construction",
    "manufacturing",
    "durable_goods",
    "nondurable_goods",
    "trade_transportation_utilties",  # misspelled in the data, too
    "wholesale_trade",
    "retail_trade",
    "transportation_and_warehousing",
    "utilities",
    "information",
    "financial_activities",
    "professional_and_business_services",
    "education_and_health_services",
    "leisure_and_hospitality",
    "other_services",
    "government",
)


@extract_columns(*SERIES)
def employment() -> pd.DataFrame:
    """Jobs in the United States by month and series, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@parameterize(**{f"yoy_{name}": {"jobs": source(name)} for name in SERIES})
def yoy(jobs: pd.Series, months: int = 12) -> pd.Series:
    """Growth in the number of jobs in `months` months, as a fraction."""
    return jobs.pct_change(months).dropna()


@inject(growth=group(**{name: source(f"yoy_{name}") for name in SERIES}))
def latest(growth: dict[str, pd.Series]) -> pd.Series:
    """Growth in the latest month, as a fraction, highest first."""
    newest = {name: series.iloc[-1] for name, series in growth.items()}
    return pd.Series(newest).sort_values(ascending=False).round(4)


@inject(growth=group(**{name: source(f"yoy_{name}") for name in SERIES}))
def worst_month(growth: dict[str, pd.Series]) -> pd.DataFrame:
    """The month in which each series shrank most, hardest hit first."""
    table = pd.DataFrame(growth)
    rows = {"month": table.idxmin(), "growth": table.min().round(3)}
    return pd.DataFrame(rows).sort_values("growth")


def hardest_hit(worst_month: pd.DataFrame) -> str:
    """The series with the largest loss of jobs within `months` months."""
    return str(worst_month.index[0])
