import pandas as pd

import features
from headwater import Builder
from headwater.quality import checks

SHARES = ["search_share", "social_share", "newsletter_share"]

BETWEEN_0_AND_1 = checks(range=(0.0, 1.0), importance="fail").where(
    type=pd.Series
)


def test_shares_are_valid():
    builder = Builder().with_modules(features).with_checks(BETWEEN_0_AND_1)
    builder.build().execute(SHARES)
