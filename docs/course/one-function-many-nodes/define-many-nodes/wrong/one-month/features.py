from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, source

INDUSTRIES = (
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
    "trade_transportation_utilties",
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


@extract_columns(*INDUSTRIES)
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@parameterize(
    **{f"yoy_{name}": {"workers": source(name)} for name in INDUSTRIES}
)
def yoy(workers: pd.Series) -> pd.Series:
    """Growth in the number of jobs over twelve months, as a fraction."""
    return workers.pct_change(1)
