"""Late flights by airline and by hour."""

import pandas as pd


def by_hour(late: pd.Series, hour: pd.Series) -> pd.Series:
    """Share of late flights by scheduled hour of departure."""
    return late.groupby(hour).mean().round(3)


def by_airline(
    flown: pd.DataFrame,
    airlines: pd.DataFrame,
    late: pd.Series,
    made_up: pd.Series,
    min_flights: int = 50,
) -> pd.DataFrame:
    """Flights, share of late ones, and minutes made up, by airline."""
    table = pd.DataFrame({"late": late, "made_up": made_up})
    groups = table.groupby(flown["carrier"])
    report = groups.mean().round(3).assign(flights=groups.size())
    names = airlines.set_index("carrier")["name"]
    report = report[report["flights"] >= min_flights].rename(index=names)
    return report.sort_values("late").rename_axis("airline")
