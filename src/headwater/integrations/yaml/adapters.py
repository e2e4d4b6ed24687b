"""Loaders and savers of YAML files, by PyYAML; only plain values, so that loading a file runs no code."""

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
    """Loads what a YAML file holds."""

    path: FileLocation

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "yaml"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Plain values."""
        return (dict, list, str, int, float, bool, NoneType)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The value in the file."""
        del type_
        return yaml.safe_load(read_content(self.path, self.name())), file_metadata(self.path)


@dataclass(frozen=True)
class YamlSaver:
    """Saves a plain value as YAML."""

    path: FileLocation
    sort_keys: bool = False

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "yaml"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Plain values."""
        return (Mapping, Sequence, str, int, float, bool, NoneType)

    def save_data(self, data: Any) -> Metadata:
        """Writes the file."""
        text = yaml.safe_dump(data, sort_keys=self.sort_keys, allow_unicode=True)
        write_text(self.path, text, "utf-8", self.name())
        return file_metadata(self.path)


ADAPTERS: Final = (YamlLoader, YamlSaver)
