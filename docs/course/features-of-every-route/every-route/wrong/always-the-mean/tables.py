import pandas as pd
from routes import ROUTES

from headwater import group, inject, parameterize, source

FEATURES = (
    *[f"lag_{days}" for days in (1, 2, 3, 4, 5, 6, 7, 14, 21, 28)],
    *[f"change_{days}" for days in (1, 7, 14)],
    *[f"share_{days}" for days in (7, 14, 28)],
    *[f"mean_{days}" for days in (7, 14, 28)],
    *[f"min_{days}" for days in (7, 14, 28)],
    *[f"max_{days}" for days in (7, 14, 28)],
    *[f"std_{days}" for days in (7, 14, 28)],
)


@parameterize(
    **{
        feature: {
            "columns": group(**{r: source(f"{r}_{feature}") for r in ROUTES})
        }
        for feature in FEATURES
    }
)
def feature_table(columns: dict[str, pd.Series]) -> pd.DataFrame:
    """One feature by day (rows) and route (columns)."""
    return pd.DataFrame(columns)


@inject(tables=group(**{feature: source(feature) for feature in FEATURES}))
def complete_days(tables: dict[str, pd.DataFrame]) -> int:
    """Number of days on which every feature of every route has a value."""
    complete = [table.notna().all(axis="columns") for table in tables.values()]
    return int(pd.concat(complete, axis="columns").all(axis="columns").sum())
