import pandas as pd
from routes import AIRPORTS, ROUTES

from headwater import group, parameterize, source

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
        f"{airport}_{feature}": {
            "columns": group(
                **{
                    route: source(f"{route}_{feature}")
                    for route in ROUTES
                    if route.startswith(airport)
                }
            )
        }
        for airport in AIRPORTS
        for feature in FEATURES
    }
)
def feature_table(columns: dict[str, pd.Series]) -> pd.DataFrame:
    """One feature of an airport by day (rows) and route (columns)."""
    return pd.DataFrame(columns)


@parameterize(
    **{
        f"{airport}_features": {
            "tables": group(
                **{name: source(f"{airport}_{name}") for name in FEATURES}
            )
        }
        for airport in AIRPORTS
    }
)
def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The 28 features of an airport by day and route (rows)."""
    axes = tables["lag_1"].axes
    index = pd.MultiIndex.from_product(axes, names=["date", "route"])
    columns = {name: table.to_numpy().ravel() for name, table in tables.items()}
    return pd.DataFrame(columns, index)
