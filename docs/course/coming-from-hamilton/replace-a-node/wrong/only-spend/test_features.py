import pandas as pd

import features
from headwater import Builder

SPEND = pd.Series([1000.0, 2000.0])
SIGNUPS = pd.Series([50, 50])


def test_the_cost_includes_the_fee():
    driver = Builder().with_modules(features).build()
    found = driver.execute(
        ["cost_per_signup"],
        inputs={"signups": SIGNUPS, "fee": 0.5},
        overrides={"spend": SPEND},
    )
    assert found["cost_per_signup"].tolist() == [30.0, 60.0]
