"""Loaders and savers of numpy arrays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from headwater.io.atomic import replacing
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FilePath, Metadata


@dataclass(frozen=True)
class NpyLoader:
    """Loads an array from numpy's own format. With `allow_pickle` it may run code: allow it only for files that you trust."""

    path: FilePath
    allow_pickle: bool = False

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "npy"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Arrays."""
        return (np.ndarray,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """The array."""
        del type_
        array = np.load(self.path, allow_pickle=self.allow_pickle)
        return array, {**file_metadata(self.path), **_described(array)}


@dataclass(frozen=True)
class NpySaver:
    """Saves an array in numpy's own format."""

    path: FilePath
    allow_pickle: bool = False

    @classmethod
    def name(cls) -> str:
        """The format."""
        return "npy"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Arrays."""
        return (np.ndarray,)

    def save_data(self, data: Any) -> Metadata:
        """Writes the file, under the very name that was given."""
        with replacing(self.path) as temporary, Path(temporary).open("wb") as file:  # a name would get `.npy` appended
            np.save(file, data, allow_pickle=self.allow_pickle)
        return {**file_metadata(self.path), **_described(data)}


def _described(array: Any) -> Metadata:
    return {"array_metadata": {"shape": list(array.shape), "dtype": str(array.dtype)}}


ADAPTERS: Final = (NpyLoader, NpySaver)
