"""The schema of the columns that a function returns."""

import pandas as pd

from headwater import schema

INPUTS = {"days": 2}
EXPECTED: dict[str, object] = {}


@schema.output(("day", "int"), ("rain", "float"))
def weather(days: int) -> pd.DataFrame:
    return pd.DataFrame({"day": range(days), "rain": [0.0] * days})
