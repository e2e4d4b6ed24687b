import pandas as pd
import transforms

from headwater import Builder

COUNTRIES = pd.DataFrame(
    {
        "year": [2002, 2002, 2007, 2007],
        "pop": [2, 1, 3, 1],
        "gdpPercap": [10.0, 90.0, 20.0, 100.0],
    }
)
"""Two countries in two years: people, and dollars per person per year."""

driver = Builder().with_modules(transforms).build()
"""The dataflow of transforms.py alone, so `countries` is an input."""


def test_mean_income():
    assert transforms.mean_income(COUNTRIES[2:]) == 40
