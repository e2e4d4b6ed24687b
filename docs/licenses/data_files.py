"""The sources and licenses of the data that examples and lessons load.

The data files are in `docs/data`. Each is described in `data.toml` in its folder:

    ["seattle-weather.csv"]
    source = "..."
    url = "https://..."
    license = "..."     an SPDX expression
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from licenses.components import Component, LicenseError, Section
from licenses.expressions import normalized, readable

DATA: Final = frozenset({".csv", ".json", ".txt"})
DESCRIPTIONS: Final = "data.toml"


@dataclass(frozen=True, slots=True)
class DataFile:
    """The origin of a data file."""

    path: Path
    source: str
    url: str
    license: str

    @classmethod
    def read(cls, path: Path) -> DataFile:
        """Read the description of a data file.

        Raises:
            LicenseError: if the file has no description.
        """
        descriptions = path.parent / DESCRIPTIONS
        described = tomllib.loads(descriptions.read_text(encoding="utf-8")) if descriptions.is_file() else {}
        try:
            row = described[path.name]
            return cls(path, row["source"], row["url"], row["license"])
        except KeyError as missing:
            raise LicenseError(
                f"{path} has no {missing} in {descriptions}. "
                f'Describe the file there: ["{path.name}"] with `source`, `url` and `license`.'
            ) from None

    @classmethod
    def find(cls, name: str, folders: Iterable[Path]) -> DataFile:
        """Return the data file with this name, from the first of the folders that contains one.

        Raises:
            LicenseError: if no folder contains such a file, or if it has no description.
        """
        searched = list(folders)
        for folder in searched:
            if (folder / name).is_file():
                return cls.read(folder / name)
        raise LicenseError(f"The data file `{name}` does not exist. Add it to {' or '.join(map(str, searched))}.")

    @property
    def text(self) -> str:
        """The contents of the file."""
        return self.path.read_text(encoding="utf-8")

    @property
    def credit(self) -> dict[str, str]:
        """Return the source and the license, in the form that `playground/src/example.ts` reads."""
        return {"source": self.source, "url": self.url, "license": readable(self.license)}


def data_components(folder: Path) -> Iterator[Component]:
    """Yield a component for each data file in a folder. The folder may be missing."""
    for path in sorted(path for path in folder.glob("*") if path.suffix in DATA):
        file = DataFile.read(path)
        evidence = f"license {file.license!r} in {DESCRIPTIONS}"
        yield Component(Section.DATA, path.name, "", file.source, file.url, normalized(file.license), evidence)
