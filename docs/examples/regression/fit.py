"""A linear model of body mass, for any set of features.

The functions are nodes only in the dataflows of `compare.py`.
"""

import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error

from headwater import exclude

TARGET = "body_mass_g"


@exclude
def model(train: pd.DataFrame, columns: list[str]) -> LinearRegression:
    """Linear model of body mass, fitted to the training set."""
    return LinearRegression().fit(train[columns], train[TARGET])


@exclude
def mae(
    model: LinearRegression, test: pd.DataFrame, columns: list[str]
) -> float:
    """Mean absolute error on the test set, in g."""
    predicted = model.predict(test[columns])
    return round(float(mean_absolute_error(test[TARGET], predicted)), 1)


@exclude
def r_squared(
    model: LinearRegression, test: pd.DataFrame, columns: list[str]
) -> float:
    """Share of the variance in the test set that the model explains."""
    return round(float(model.score(test[columns], test[TARGET])), 3)


@exclude
def coefficients(model: LinearRegression, columns: list[str]) -> pd.Series:
    """Change in mass for each additional millimeter, in g/mm."""
    return pd.Series(model.coef_, index=columns).round(1)
