"""The columns of a data frame as nodes."""

import pandas as pd

from headwater import extract_columns

INPUTS = {"count": 3}
EXPECTED = {"oldest": 42}


@extract_columns("age", ("height", "In meters."), fill_with=1.7)
def people(count: int) -> pd.DataFrame:
    return pd.DataFrame({"age": range(40, 40 + count)})


def oldest(age: pd.Series) -> int:
    return int(age.max())
