import pandas as pd

from generation import record_years


def test_an_equal_year_is_not_a_record():
    renewables = pd.Series([10, 12, 12, 15], index=[2001, 2002, 2003, 2004])
    assert record_years(renewables) == [2001, 2002, 2003, 2004]
