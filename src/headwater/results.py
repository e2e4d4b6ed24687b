"""Result builders: they create the result of `Driver.execute`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

R_co = TypeVar("R_co", covariant=True)


class ResultBuilder(Protocol[R_co]):
    """An object that builds a result from the outputs of a run."""

    def build(self, outputs: Mapping[str, Any]) -> R_co:
        """Return the result for `outputs`, which maps names to values in the requested order."""
        ...


class DictResult:
    """The default: returns the outputs as a dictionary."""

    def build(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs in a dictionary."""
        return dict(outputs)
