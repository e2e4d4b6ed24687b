"""Supplements to the metadata of components: `supplements.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from licenses.components import Component, LicenseError, LicenseText
from licenses.expressions import normalized, symbols

STANDARD: Final = "spdx"
"""The folder with texts from the SPDX license list."""
COPYRIGHT: Final = "{copyright}"
"""The placeholder for the copyright notice in a standard text."""


@dataclass(frozen=True, slots=True)
class Supplements:
    """Licenses and texts that the metadata lacks, and software inside other components."""

    described: dict[str, dict[str, Any]]
    contained: tuple[dict[str, Any], ...]
    texts: Path
    """The folder with the texts."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file. The texts are in the `texts` folder next to it."""
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(settings.get("components", {}), tuple(settings.get("contained", [])), path.parent / "texts")

    def complete(self, component: Component) -> Iterator[Component]:
        """Yield a component completed with its supplements, followed by the components inside it.

        Raises:
            LicenseError: if the version of a component differs from the version whose contents are described.
        """
        component = self._with_texts(self._supplemented(component, self.described.get(component.key, {})))
        yield component
        for row in self.contained:
            if row["in"] != component.key:
                continue
            if row["of_version"] != component.version:
                raise LicenseError(
                    f"{component} contains {row['name']}, but its version and license were recorded for version "
                    f"{row['of_version']}. Look them up again, and correct `of_version` of `{row['in']}` "
                    "in docs/licenses/supplements.toml."
                )
            purpose = row.get("purpose", f"part of {component.name}")
            inner = Component(component.section, row["name"], row.get("version", ""), purpose, row["url"], None, "")
            yield self._with_texts(self._supplemented(inner, row))

    def _supplemented(self, component: Component, row: dict[str, Any]) -> Component:
        texts = [LicenseText(name, (self.texts / name).read_text(encoding="utf-8")) for name in row.get("texts", [])]
        if "copyright" in row:
            texts.append(self._standard_text(row["license"], row["copyright"]))
        return replace(
            component,
            version=row.get("version", component.version),
            purpose=row.get("purpose", component.purpose),
            url=row.get("url", component.url),
            license=normalized(row["license"]) if "license" in row else component.license,
            texts=(*component.texts, *texts),
        )

    def _with_texts(self, component: Component) -> Component:
        """Return a component with the standard text of its license if it has no text of its own.

        A standard text with a placeholder for the copyright notice is incomplete, so it is not used.
        """
        if component.texts or component.license is None or len(symbols(component.license)) > 1:
            return component
        path = self._standard_path(component.license)
        if not path.is_file() or COPYRIGHT in path.read_text(encoding="utf-8"):
            return component
        return replace(component, texts=(self._standard_text(component.license, ""),))

    def _standard_text(self, identifier: str, notice: str) -> LicenseText:
        content = self._standard_path(identifier).read_text(encoding="utf-8").replace(COPYRIGHT, notice)
        return LicenseText(identifier, content)

    def _standard_path(self, identifier: str) -> Path:
        return self.texts / STANDARD / f"{identifier}.txt"
