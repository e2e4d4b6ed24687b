"""Adapters that need only the standard library."""

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
    """A loader for JSON files."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "json"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types that JSON can represent."""
        return (dict, list, str, int, float, bool, NoneType)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the value in the file."""
        import json

        del type_
        return json.loads(read_text(self.path, self.encoding, self.name())), file_metadata(self.path)


@dataclass(frozen=True)
class JsonSaver:
    """A saver that writes values as JSON."""

    path: FileLocation
    indent: int | None = None
    sort_keys: bool = False
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "json"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types that JSON can represent."""
        return _JSON

    def save_data(self, data: Any) -> Metadata:
        """Write the file."""
        import json

        text = json.dumps(data, indent=self.indent, sort_keys=self.sort_keys, ensure_ascii=False)
        write_text(self.path, text, self.encoding, self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class TextLoader:
    """A loader for text files."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "text"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `str`."""
        return (str,)

    def load_data(self, type_: Any) -> tuple[str, Metadata]:
        """Return the text with unchanged line endings."""
        del type_
        return read_text(self.path, self.encoding, self.name()), file_metadata(self.path)


@dataclass(frozen=True)
class TextSaver:
    """A saver for text."""

    path: FileLocation
    encoding: str = "utf-8"

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "text"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `str`."""
        return (str,)

    def save_data(self, data: str) -> Metadata:
        """Write the text with unchanged line endings."""
        write_text(self.path, data, self.encoding, self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class BytesLoader:
    """A loader for bytes."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "bytes"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the bytes types."""
        return (bytes,)

    def load_data(self, type_: Any) -> tuple[bytes, Metadata]:
        """Return the content of the file."""
        del type_
        return read_bytes(self.path, self.name()), file_metadata(self.path)


@dataclass(frozen=True)
class BytesSaver:
    """A saver for bytes."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "bytes"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the bytes types."""
        return (bytes, bytearray, memoryview)

    def save_data(self, data: bytes) -> Metadata:
        """Write the bytes."""
        write_bytes(self.path, data, self.name())
        return file_metadata(self.path)


class FileTextLoader(TextLoader):
    """A loader for text. The `file` format also loads bytes."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "file"


class FileTextSaver(TextSaver):
    """A saver for text. The `file` format also saves bytes."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "file"


class FileBytesLoader(BytesLoader):
    """A loader for bytes. The `file` format also loads text."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "file"


class FileBytesSaver(BytesSaver):
    """A saver for bytes. The `file` format also saves text."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "file"


@dataclass(frozen=True)
class PickleLoader:
    """A loader for pickled objects. Loading a pickle can run code: load only files that you trust."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "pickle"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `object`."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the object."""
        import pickle

        del type_
        return pickle.loads(read_bytes(self.path, self.name())), file_metadata(self.path)  # noqa: S301 - the class docstring warns about this


@dataclass(frozen=True)
class PickleSaver:
    """A saver that pickles objects."""

    path: FileLocation
    protocol: int | None = None

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "pickle"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `object`."""
        return (object,)

    def save_data(self, data: Any) -> Metadata:
        """Write the file."""
        import pickle

        write_bytes(self.path, pickle.dumps(data, protocol=self.protocol), self.name())
        return file_metadata(self.path)


@dataclass(frozen=True)
class EnvironmentLoader:
    """A loader that returns environment variables as a dictionary."""

    names: Sequence[str]

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "environment"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `dict`."""
        return (dict,)

    def load_data(self, type_: Any) -> tuple[dict[str, str], Metadata]:
        """Return the values of the variables, keyed by name.

        Raises:
            MissingVariable: if a variable is not set.
        """
        del type_
        names = [self.names] if isinstance(self.names, str) else list(self.names)
        missing = [name for name in names if name not in os.environ]
        if missing:
            raise MissingVariable(missing, os.environ)
        return {name: os.environ[name] for name in names}, {"environment": {"names": names}}


@dataclass(frozen=True)
class LiteralLoader:
    """A loader for a value that is passed as an argument."""

    value: Any

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "literal"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `object`."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the value."""
        del type_
        return self.value, {}


@dataclass(frozen=True)
class MemoryLoader:
    """A loader for the value under a key in a mapping."""

    store: Mapping[str, Any]
    key: str

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "memory"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `object`."""
        return (object,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the object itself."""
        del type_
        return self.store[self.key], {"memory": {"key": self.key}}


@dataclass(frozen=True)
class MemorySaver:
    """A saver that stores a value under a key in a mapping."""

    store: MutableMapping[str, Any]
    key: str

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "memory"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return `object`."""
        return (object,)

    def save_data(self, data: Any) -> Metadata:
        """Store the object itself."""
        self.store[self.key] = data
        return {"memory": {"key": self.key}}


ADAPTERS: Final = (
    JsonLoader, JsonSaver, TextLoader, TextSaver, BytesLoader, BytesSaver, FileTextLoader, FileTextSaver, FileBytesLoader,
    FileBytesSaver, PickleLoader, PickleSaver, EnvironmentLoader, LiteralLoader, MemoryLoader, MemorySaver,
)  # fmt: skip
