"""The adapter protocol: a dataclass whose fields are its arguments, with a method that loads or saves data."""

from __future__ import annotations

import abc
import os
from collections.abc import Collection
from typing import IO, TYPE_CHECKING, Any, Protocol

FilePath = str | os.PathLike[str]
"""The path of a file."""

if TYPE_CHECKING:
    OpenFile = IO[Any]
else:

    class OpenFile(abc.ABC):  # noqa: B024 - it only defines a subclass hook
        """An open file or a buffer in memory: any class that has `read` or `write`.

        Annotate `path: FilePath | OpenFile` in an adapter that accepts both.

        >>> import io
        >>> issubclass(io.BytesIO, OpenFile), issubclass(str, OpenFile)
        (True, False)
        """

        @classmethod
        def __subclasshook__(cls, subclass: type) -> bool:
            """Also accept files from `tempfile`. Their class defines neither method, but forwards attributes to the file."""
            names = {name for base in subclass.__mro__ for name in vars(base)}
            return not names.isdisjoint(("read", "write")) or names.issuperset(("__getattr__", "__enter__"))


FileLocation = FilePath | OpenFile
"""A path, an open file, or a buffer in memory."""

Metadata = dict[str, Any]
"""Metadata about loaded or saved data. Every value can be encoded as JSON."""


class Adapter(Protocol):
    """The class methods that loaders and savers share."""

    @classmethod
    def name(cls) -> str:
        """Return the format's name. The name `json` adds `load_from.json`, `save_to.json`, `to.json` and `from_.json`."""
        ...

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types that the adapter loads or saves, or `object` for all types."""
        ...


class DataLoader(Adapter, Protocol):
    """A loader. Write a dataclass with these methods and pass it to `register_adapter`."""

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the data and its metadata. `type_` is the annotation of the parameter or node."""
        ...


class DataSaver(Adapter, Protocol):
    """A saver. Write a dataclass with these methods and pass it to `register_adapter`."""

    def save_data(self, data: Any) -> Metadata:
        """Save the data and return metadata about it."""
        ...
