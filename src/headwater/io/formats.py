"""The adapters that need nothing but the standard library."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, Final

from headwater.errors import MissingVariable
from headwater.io.files import read_bytes, read_text, write_bytes, write_text
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, Metadata

_JSON: Final = (Mapping, Sequence, str, int, float, bool, NoneType)


@dataclass(frozen=True)
class JsonLoader:
    """Loads what a JSON file holds."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "json"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """What JSON knows."""
        return (dict, list, str, int, float, bool, NoneType)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The value in the file."""
        import json

        del type_
        return json.loads(read_text(self.path, self.encoding, self.name())), file_metadata(self.path)


@dataclass(frozen=True)
class JsonSaver:
    """Saves a value as JSON."""

    path: FileLocation
    indent: int | None = None
    sort_keys: bool = False
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "json"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """What JSON knows."""
        return _JSON

    def save_data(self, data: Any) -> Metadata:
        """Writes the file."""
        import json

        text = json.dumps(data, indent=self.indent, sort_keys=self.sort_keys, ensure_ascii=False)
        write_text(self.path, text, self.encoding, self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class TextLoader:
    """Loads a text file."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "text"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Texts."""
        return (str,)

    def load_data(self, type_: Any) -> tuple[str, Metadata]:
        """The text as it is, line ends included."""
        del type_
        return read_text(self.path, self.encoding, self.name()), file_metadata(self.path)


@dataclass(frozen=True)
class TextSaver:
    """Saves a text."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "text"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Texts."""
        return (str,)

    def save_data(self, data: str) -> Metadata:
        """Writes the text as it is, line ends included."""
        write_text(self.path, data, self.encoding, self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class BytesLoader:
    """Loads the bytes of a file."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "bytes"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Bytes."""
        return (bytes,)

    def load_data(self, type_: Any) -> tuple[bytes, Metadata]:
        """All bytes of the file."""
        del type_
        return read_bytes(self.path, self.name()), file_metadata(self.path)


@dataclass(frozen=True)
class BytesSaver:
    """Saves bytes."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "bytes"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Bytes."""
        return (bytes, bytearray, memoryview)

    def save_data(self, data: bytes) -> Metadata:
        """Writes the bytes."""
        write_bytes(self.path, data, self.name())
        return file_metadata(self.path)


class FileTextLoader(TextLoader):
    """Loads a text file, under the name that it shares with bytes."""

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "file"


class FileTextSaver(TextSaver):
    """Saves a text, under the name that it shares with bytes."""

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "file"


class FileBytesLoader(BytesLoader):
    """Loads bytes, under the name that they share with texts."""

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "file"


class FileBytesSaver(BytesSaver):
    """Saves bytes, under the name that they share with texts."""

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "file"


@dataclass(frozen=True)
class PickleLoader:
    """Loads a pickled object. A pickle runs code when it is loaded: load only those that you trust."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "pickle"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Everything."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The object."""
        import pickle

        del type_
        return pickle.loads(read_bytes(self.path, self.name())), file_metadata(self.path)  # noqa: S301 - the class says so


@dataclass(frozen=True)
class PickleSaver:
    """Saves an object as a pickle."""

    path: FileLocation
    protocol: int | None = None

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "pickle"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Everything."""
        return (object,)

    def save_data(self, data: Any) -> Metadata:
        """Writes the file."""
        import pickle

        write_bytes(self.path, pickle.dumps(data, protocol=self.protocol), self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class EnvironmentLoader:
    """Loads environment variables as a dictionary."""

    names: Sequence[str]

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "environment"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Dictionaries."""
        return (dict,)

    def load_data(self, type_: Any) -> tuple[dict[str, str], Metadata]:
        """The variables by their names.

        Raises:
            MissingVariable: for one that is not set.
        """
        del type_
        names = [self.names] if isinstance(self.names, str) else list(self.names)
        missing = [name for name in names if name not in os.environ]
        if missing:
            raise MissingVariable(missing, os.environ)
        return {name: os.environ[name] for name in names}, {"environment": {"names": names}}


@dataclass(frozen=True)
class LiteralLoader:
    """Loads the value that it is given."""

    value: Any

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "literal"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Everything."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The value."""
        del type_
        return self.value, {}


@dataclass(frozen=True)
class MemoryLoader:
    """Loads what lies under a key of a mapping of yours."""

    store: Mapping[str, Any]
    key: str

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "memory"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Everything."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The very object."""
        del type_
        return self.store[self.key], {"memory": {"key": self.key}}


@dataclass(frozen=True)
class MemorySaver:
    """Puts a value under a key of a mapping of yours."""

    store: MutableMapping[str, Any]
    key: str

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "memory"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Everything."""
        return (object,)

    def save_data(self, data: Any) -> Metadata:
        """Keeps the very object."""
        self.store[self.key] = data
        return {"memory": {"key": self.key}}


ADAPTERS: Final = (
    JsonLoader, JsonSaver, TextLoader, TextSaver, BytesLoader, BytesSaver, FileTextLoader, FileTextSaver, FileBytesLoader,
    FileBytesSaver, PickleLoader, PickleSaver, EnvironmentLoader, LiteralLoader, MemoryLoader, MemorySaver,
)  # fmt: skip
