import pandas as pd

from features import change, lag, mean

FLIGHTS = pd.Series([4.0, 6.0, 5.0, 7.0, 3.0, 8.0])


def test_lag() -> None:
    assert lag(FLIGHTS, days=2).iloc[5] == 7.0
