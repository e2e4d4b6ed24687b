import pandas as pd

from features import change, lag, mean

FLIGHTS = pd.Series([4.0, 6.0, 5.0, 7.0, 3.0, 8.0])


def test_lag() -> None:
    assert lag(FLIGHTS, days=2).iloc[5] == 7.0


def test_the_last_day_changes_no_feature_of_that_day() -> None:
    changed = FLIGHTS.copy()
    changed.iloc[5] = 100.0
    for feature in (lag, mean):
        before = feature(FLIGHTS, days=2).iloc[5]
        assert feature(changed, days=2).iloc[5] == before
