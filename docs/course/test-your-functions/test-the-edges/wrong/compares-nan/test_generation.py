import pandas as pd

from generation import smoothed

RENEWABLES = pd.Series([3.0, 6.0, 9.0, 12.0])
"""Four years, in GWh."""


def test_the_last_year_is_the_mean_of_three():
    assert smoothed(RENEWABLES).iloc[3] == 9


def test_the_first_years_have_no_value():
    assert smoothed(RENEWABLES).iloc[0] == float("nan")
