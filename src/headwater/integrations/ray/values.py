"""Values in Ray's object store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ray

from headwater.execution.remote_values import RemoteValue

if TYPE_CHECKING:
    from collections.abc import Sequence

CLUSTER: Final = "ray"
"""The identifier of the cluster. It is constant, because a process is connected to only one Ray cluster at a time."""


class RayValue(RemoteValue):
    """A value in Ray's object store. Ray deletes the value once no reference to it is left."""

    __slots__ = ("reference",)

    def __init__(self, reference: ray.ObjectRef[Any]) -> None:
        super().__init__()
        self.reference = reference

    @property
    def cluster(self) -> str:
        """Identify the cluster."""
        return CLUSTER

    @classmethod
    def load_all(cls, values: Sequence[RayValue]) -> list[Any]:
        """Transfer values to this process with one request."""
        return ray.get([value.reference for value in values])
