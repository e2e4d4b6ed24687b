"""Loaders and savers that use PyYAML for YAML files. Only plain values are supported, so loading never runs code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any, Final

import yaml

from headwater.io.files import read_content, write_text
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, Metadata


@dataclass(frozen=True)
class YamlLoader:
    """A loader for YAML files."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "yaml"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types of plain values."""
        return (dict, list, str, int, float, bool, NoneType)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the value in the file."""
        del type_
        return yaml.safe_load(read_content(self.path, self.name())), file_metadata(self.path)


@dataclass(frozen=True)
class YamlSaver:
    """A saver that writes plain values as YAML."""

    path: FileLocation
    sort_keys: bool = False

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "yaml"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the types of plain values."""
        return (Mapping, Sequence, str, int, float, bool, NoneType)

    def save_data(self, data: Any) -> Metadata:
        """Write the file."""
        text = yaml.safe_dump(data, sort_keys=self.sort_keys, allow_unicode=True)
        write_text(self.path, text, "utf-8", self.name())
        return file_metadata(self.path)


ADAPTERS: Final = (YamlLoader, YamlSaver)
