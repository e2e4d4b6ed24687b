"""Result builders: what `Driver.execute` returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

R_co = TypeVar("R_co", covariant=True)


class ResultBuilder(Protocol[R_co]):
    """Turns the outputs of a run into what the caller wants to have."""

    def build(self, outputs: Mapping[str, Any]) -> R_co:
        """The result, made from the outputs by name, in the order in which they were asked for."""
        ...


class DictResult:
    """The outputs as a dictionary: the default."""

    def build(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs as they are."""
        return dict(outputs)
