"""The licenses of npm packages in the playground, from the records of its builds (`playground/vite/bundled-packages.ts`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from licenses.components import Component, LicenseError, LicenseText, Section
from licenses.expressions import normalized


def npm_components(records: Iterable[Path]) -> Iterator[Component]:
    """Yield a component for each package in the records, without duplicates."""
    found: dict[tuple[str, str], Component] = {}
    for path in records:
        if not path.is_file():
            raise LicenseError(f"{path} is missing. Build the playground again: `npm run build`.")
        for package in json.loads(path.read_text(encoding="utf-8")):
            found[package["name"], package["version"]] = Component(
                Section.PLAYGROUND,
                package["name"],
                package["version"],
                package["description"],
                package["url"],
                normalized(package["license"] or ""),
                f"license {package['license']!r} in package.json",
                tuple(LicenseText(title, content) for title, content in package["texts"].items()),
            )
    yield from (found[key] for key in sorted(found))
