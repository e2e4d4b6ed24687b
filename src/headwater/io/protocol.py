"""What an adapter is: a dataclass whose fields are its arguments, with a way to load or to save."""

from __future__ import annotations

import abc
import os
from collections.abc import Collection
from typing import IO, TYPE_CHECKING, Any, Protocol

FilePath = str | os.PathLike[str]
"""Where a file is."""

if TYPE_CHECKING:
    OpenFile = IO[Any]
else:

    class OpenFile(abc.ABC):  # noqa: B024 - it describes classes and has nothing to implement
        """An open file or a buffer in memory: any class that has `read` or `write`.

        Annotate `path: FilePath | OpenFile` in an adapter that accepts both.

        >>> import io
        >>> issubclass(io.BytesIO, OpenFile), issubclass(str, OpenFile)
        (True, False)
        """

        @classmethod
        def __subclasshook__(cls, subclass: type) -> bool:
            """The files of `tempfile` have neither method: they forward every attribute and work with `with`."""
            names = {name for base in subclass.__mro__ for name in vars(base)}
            return not names.isdisjoint(("read", "write")) or names.issuperset(("__getattr__", "__enter__"))


FileLocation = FilePath | OpenFile
"""What an adapter of files reads or writes: a path, an open file, or a buffer in memory."""

Metadata = dict[str, Any]
"""What is said of data that was loaded or saved: made of what JSON can say."""


class Adapter(Protocol):
    """What loaders and savers have in common."""

    @classmethod
    def name(cls) -> str:
        """The format: `json` makes it `load_from.json`, `save_to.json`, `to.json` and `from_.json`."""
        ...

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """The types that it loads or saves; `object` for all of them."""
        ...


class DataLoader(Adapter, Protocol):
    """Loads data. Write a dataclass with these methods and hand it to `register_adapter`."""

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The data, and what there is to say of it; `type_` is what the parameter or the node is annotated with."""
        ...


class DataSaver(Adapter, Protocol):
    """Saves data. Write a dataclass with these methods and hand it to `register_adapter`."""

    def save_data(self, data: Any) -> Metadata:
        """Saves the data; returns what there is to say of it."""
        ...
