"""Okun's law: unemployment rises when the economy grows slowly."""

import numpy as np
import pandas as pd

from headwater import unpack_fields


def unemployment_change(unemployment: pd.Series) -> pd.Series:
    """Change in unemployment over a year, in percentage points."""
    return unemployment.diff(4).dropna()


@unpack_fields("slope", "intercept")
def okun_line(
    growth: pd.Series, unemployment_change: pd.Series
) -> tuple[float, float]:
    """Line of best fit: change in percentage points against growth in %."""
    slope, intercept = np.polyfit(growth, unemployment_change, 1)
    return float(slope), float(intercept)


def stable_growth(slope: float, intercept: float) -> float:
    """Growth at which unemployment does not change, in % per year."""
    return round(-intercept / slope, 2)


def worst_quarters(misery: pd.Series, count: int = 5) -> pd.Series:
    """The quarters with the highest misery index, in percentage points."""
    return misery.nlargest(count).round(1)
