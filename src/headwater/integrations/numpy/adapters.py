"""Loaders and savers for numpy arrays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from headwater.io.files import binary_file, check_local, check_open_file
from headwater.io.location import is_open_file, local_path
from headwater.io.metadata import file_metadata
from headwater.io.protocol import FileLocation, Metadata


@dataclass(frozen=True)
class NpyLoader:
    """A loader for numpy's NPY format. With `allow_pickle`, a file can run code, so use it only for files that you trust."""

    path: FileLocation
    allow_pickle: bool = False

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "npy"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the array class."""
        return (np.ndarray,)

    def load_data(self, type_: Any) -> tuple[Any, Metadata]:
        """Return the array."""
        del type_
        location: Any = self.path
        if is_open_file(location):
            check_open_file(location, self.name(), "read", takes_text=False)
        else:
            check_local(location, self.name())
            location = local_path(location)
        array = np.load(location, allow_pickle=self.allow_pickle)
        return array, {**file_metadata(self.path), **_array_metadata(array)}


@dataclass(frozen=True)
class NpySaver:
    """A saver for arrays in numpy's NPY format."""

    path: FileLocation
    allow_pickle: bool = False

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "npy"

    @classmethod
    def applicable_types(cls) -> Collection[Any]:
        """Return the array class."""
        return (np.ndarray,)

    def save_data(self, data: Any) -> Metadata:
        """Write the file under exactly the given name."""
        with binary_file(self.path, self.name()) as file:  # numpy would append `.npy` to a name
            np.save(file, data, allow_pickle=self.allow_pickle)
        return {**file_metadata(self.path), **_array_metadata(data)}


def _array_metadata(array: Any) -> Metadata:
    return {"array_metadata": {"shape": list(array.shape), "dtype": str(array.dtype)}}


ADAPTERS: Final = (NpyLoader, NpySaver)
