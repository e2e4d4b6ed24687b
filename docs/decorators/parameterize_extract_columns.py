"""Several data frames from one function, with the columns of each as nodes."""

import pandas as pd

from headwater import ParameterizedExtract, parameterize_extract_columns, value

INPUTS = {"middle": 10}
EXPECTED = {"width": 4}


@parameterize_extract_columns(
    ParameterizedExtract(("low", "high"), {"step": value(1)}),
    ParameterizedExtract(("lowest", "highest"), {"step": value(2)}),
)
def band(middle: int, step: int) -> pd.DataFrame:
    return pd.DataFrame({"below": [middle - step], "above": [middle + step]})


def width(lowest: pd.Series, highest: pd.Series) -> int:
    return int(highest.iloc[0] - lowest.iloc[0])
