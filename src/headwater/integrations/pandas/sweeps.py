"""Sweeps as pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from headwater.sweeps import Sweep


def from_sweep(sweep: Sweep) -> pd.DataFrame:
    """Return a frame with a row for each combination of values."""
    return pd.DataFrame(list(sweep.rows), columns=list(dict.fromkeys([*sweep.axes, *sweep.outputs])))
