from pathlib import Path

import pandas as pd

from headwater import extract_columns, parameterize, value


@extract_columns("nonfarm")
def jobs() -> pd.DataFrame:
    """Jobs in the United States in each month, in thousands."""
    table = Path(__file__).with_name("us-employment.csv")
    return pd.read_csv(table, parse_dates=["month"], index_col="month")


@parameterize(
    growth_month={"months": value(1)},
    growth_quarter={"months": value(4)},
    growth_year={"months": value(12)},
)
def growth(nonfarm: pd.Series, months: int) -> pd.Series:
    """Growth in the number of jobs over {months} months, as a fraction."""
    return nonfarm.pct_change(months)
