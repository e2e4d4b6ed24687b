"""Two models from the same functions: flippers alone, and all lengths."""

import pandas as pd
from fit import coefficients, mae, model, r_squared

from headwater import subdag, value

FIT = (model, mae, r_squared, coefficients)
FLIPPER = ["flipper_length_mm"]
LENGTHS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]


@subdag(*FIT, inputs={"columns": value(FLIPPER)})
def simple(mae: float, r_squared: float) -> dict[str, float]:
    """Scores of the model that uses only the flipper."""
    return {"mae": mae, "r_squared": r_squared}


@subdag(*FIT, inputs={"columns": value(LENGTHS)})
def full(mae: float, r_squared: float) -> dict[str, float]:
    """Scores of the model that uses all lengths."""
    return {"mae": mae, "r_squared": r_squared}


def scores(simple: dict[str, float], full: dict[str, float]) -> pd.DataFrame:
    """Mean absolute error in g, and explained variance, of both models."""
    return pd.DataFrame({"simple": simple, "full": full}).T
