"""Sweeps as xarray datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    from headwater.sweeps import Sweep


def from_sweep(sweep: Sweep) -> xr.Dataset:
    """Return a dataset with a variable for each output."""
    if sweep.mode == "grid":
        shape = tuple(len(values) for values in sweep.axes.values())
        coordinates: dict[str, Any] = {name: _column(values) for name, values in sweep.axes.items()}
        dimensions = tuple(sweep.axes)
    else:
        shape, dimensions = (len(sweep),), ("point",)
        coordinates = {name: ("point", _column(values)) for name, values in sweep.axes.items()}
    variables = {
        output: (dimensions, _column([row.get(output, np.nan) for row in sweep.rows]).reshape(shape))
        for output in sweep.outputs
        if output not in sweep.axes
    }
    return xr.Dataset(variables, coordinates)


def _column(values: Any) -> np.ndarray[Any, Any]:
    """Return values as an array. Its dtype is `object` unless all values are numbers, strings or booleans."""
    if all(np.isscalar(value) for value in values):
        return np.array(values)
    column = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return column
