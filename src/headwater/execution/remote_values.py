"""Values on the workers of a cluster, and the calls and outcomes that refer to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.execution.middleware import Call
from headwater.execution.outcome import Failed, Succeeded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence


class RemoteValue(ABC):
    """A value on a worker. The worker may delete the value once this object is deleted."""

    __slots__ = ("_loaded",)

    _loaded: tuple[()] | tuple[Any]

    def __init__(self) -> None:
        self._loaded = ()

    @property
    @abstractmethod
    def cluster(self) -> Hashable:
        """Identifies the cluster of the worker."""

    @classmethod
    @abstractmethod
    def load_all(cls, values: Sequence[Any]) -> list[Any]:
        """Transfer the values of several objects of this class to this process, and return them."""

    def load(self) -> Any:
        """Return the value in this process. The value is transferred only once."""
        if not self._loaded:
            self._loaded = (self.load_all([self])[0],)
        return self._loaded[0]

    def __repr__(self) -> str:
        return "<value on a worker>"


def loaded(value: Any) -> Any:
    """Return a value, loading it first if it is on a worker."""
    return value.load() if isinstance(value, RemoteValue) else value


def load_all(values: Iterable[Any]) -> list[Any]:
    """Return the values, loading those that are on workers first. All values of one cluster are requested at once."""
    result = list(values)
    remote: dict[type[RemoteValue], list[int]] = {}
    for index, value in enumerate(result):
        if isinstance(value, RemoteValue):
            remote.setdefault(type(value), []).append(index)
    for class_, indexes in remote.items():
        for index, value in zip(indexes, class_.load_all([result[index] for index in indexes]), strict=True):
            result[index] = value
    return result


class RemoteCall(Call):
    """A call whose arguments may be on workers. Reading the arguments loads them."""

    __slots__ = ()

    @property
    def references(self) -> tuple[Any, ...]:
        """The arguments, with a `RemoteValue` for each argument on a worker."""
        return self[2]

    @property
    def arguments(self) -> tuple[Any, ...]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The arguments."""
        return tuple(map(loaded, self.references))


class RemoteSucceeded(Succeeded):
    """A success whose value stays on a worker. Reading the value loads it."""

    __slots__ = ("reference",)

    reference: RemoteValue

    def __init__(self, reference: RemoteValue) -> None:
        object.__setattr__(self, "reference", reference)

    @property
    def value(self) -> Any:
        """The value."""
        return self.reference.load()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the value instead of the reference."""
        return Succeeded, (self.value,)


class Shown:
    """Text that replaces an argument on a worker in the note about a failed call."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class RemoteFailed(Failed):
    """The failure of a call in a worker."""

    shown: tuple[Shown, ...] = ()
    """A short string for each argument of the call. The arguments themselves stay on the worker."""
