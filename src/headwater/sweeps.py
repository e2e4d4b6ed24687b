"""`Sweep`: the outputs of a dataflow for many combinations of values."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from headwater.errors import RequestError, short_repr
from headwater.libraries.support import integration_module_name

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from headwater.planning.plan import Plan
    from headwater.planning.repetition import Point

SweepMode = Literal["grid", "zip"]


@dataclass(frozen=True, slots=True)
class Sweep:
    """The result of `Driver.sweep`: one row for each combination of values."""

    axes: Mapping[str, tuple[Any, ...]]
    """The values of each input or override that varies, keyed by name."""
    mode: SweepMode
    outputs: tuple[str, ...]
    """The requested outputs."""
    rows: tuple[Mapping[str, Any], ...]
    """The values and outputs of each combination, keyed by name.

    Outputs that were not computed because of a failure are absent.
    """

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return a frame with a column for each input or override that varies, and for each output.

        Raises:
            ImportError: pandas is not installed.
        """
        frame: pd.DataFrame = _integration("pandas").from_sweep(self)
        return frame

    def to_xarray(self) -> xr.Dataset:
        """Return a dataset with a variable for each output.

        The dimensions of a grid are the names of the inputs and overrides that vary. A zipped sweep has the dimension `point`.

        Raises:
            ImportError: xarray is not installed.
        """
        dataset: xr.Dataset = _integration("xarray").from_sweep(self)
        return dataset


class PlannedSweep(NamedTuple):
    """One plan for all combinations of values."""

    plan: Plan
    values: Mapping[str, Any]
    """The provided values, keyed by their names in the plan."""
    axes: Mapping[str, tuple[Any, ...]]
    mode: SweepMode
    outputs: Mapping[str, str]
    """The name of each output in the graph, keyed by the requested spelling."""
    points: Sequence[tuple[Point, Mapping[str, str]]]
    """The combinations, each with the names of its outputs in the plan."""

    def result(self, computed: Mapping[str, Any]) -> Sweep:
        """Return the result. `computed` has the values that a run of the plan computed."""
        rows = tuple(
            {name: values[position] for (name, values), position in zip(self.axes.items(), point, strict=True)}
            | {label: computed[names[name]] for label, name in self.outputs.items() if names[name] in computed}
            for point, names in self.points
        )
        return Sweep(self.axes, self.mode, tuple(self.outputs), rows)


def _integration(library: str) -> Any:
    return importlib.import_module(integration_module_name(library, "sweeps"))


def checked_axes(over: object, mode: object) -> dict[str, tuple[Any, ...]]:
    """Check the arguments of `Driver.sweep`, and return the values on each axis.

    Raises:
        RequestError: an argument has the wrong form, or the lists for the mode "zip" have different lengths.
    """
    if mode not in ("grid", "zip"):
        raise RequestError(f'`mode` must be "grid" or "zip", not {short_repr(mode)}.')
    if not isinstance(over, Mapping) or not over:
        raise RequestError(f'`over` must be a dictionary such as `{{"rate": [0.1, 0.2]}}`, not {short_repr(over)}.')
    axes: dict[str, tuple[Any, ...]] = {}
    for name, values in over.items():
        if not isinstance(name, str):
            raise RequestError(f"The keys of `over` must be names, not {short_repr(name)}.")
        if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
            raise RequestError(f"`over` must have a list of values for `{name}`, not {short_repr(values)}.")
        axes[name] = tuple(values)
        if not axes[name]:
            raise RequestError(f"`over` has no values for `{name}`. Add at least one.")
    lengths = {name: len(values) for name, values in axes.items()}
    if mode == "zip" and len(set(lengths.values())) > 1:
        shown = ", ".join(f"`{name}` has {length}" for name, length in lengths.items())
        raise RequestError(f"A zipped sweep needs the same number of values for each name: {shown}.")
    return axes


def require_distinct(axes: Iterable[str], constants: Mapping[str, Any]) -> None:
    """Check that no name in `axes` also has a constant value.

    Raises:
        RequestError: a name varies and also has a constant value.
    """
    for name in axes:
        if name in constants:
            raise RequestError(f"`{name}` is in `over`, and also in `inputs` or `overrides`. Remove one of the two.")


def points_of(axes: Mapping[str, Sequence[Any]], mode: SweepMode) -> list[Point]:
    """Return the combinations, as indices into the axes. The last axis of a grid varies fastest."""
    positions = [range(len(values)) for values in axes.values()]
    return list(product(*positions)) if mode == "grid" else list(zip(*positions, strict=True))
