import pandas as pd

from generation import target_year

YEARS = [2001, 2002, 2003]


def test_the_year_that_exceeds_the_target():
    share = pd.Series([10.0, 20.0, 40.0], index=YEARS)
    assert target_year(share, 30.0) == 2003


def test_the_first_of_several_years():
    share = pd.Series([10.0, 40.0, 50.0], index=YEARS)
    assert target_year(share, 30.0) == 2002


def test_a_share_equal_to_the_target():
    share = pd.Series([10.0, 30.0, 40.0], index=YEARS)
    assert target_year(share, 30.0) == 2002


def test_no_year_reaches_the_target():
    share = pd.Series([10.0, 20.0, 25.0], index=YEARS)
    assert target_year(share, 30.0) is None
