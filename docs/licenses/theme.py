"""The licenses of the packages in the theme's scripts and styles, of the theme's icons, and of other code on the pages.

The theme's source maps list the files in each script and style sheet, so they show which packages the scripts and style sheets
contain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import Distribution
from pathlib import Path
from typing import Final

from licenses.components import Component, LicenseText, Section
from licenses.python_files import declared, website

DISTRIBUTIONS: Final = ("mkdocs-material", "mkdocstrings-python")
"""The distributions whose templates, scripts and styles are on the pages."""

PACKAGE: Final = re.compile(r"(?:^|/)node_modules/((?:@[^/]+/)?[^/]+)/")
PATH: Final = re.compile(r"""\sd=["']([^"']+)["']""")


def page_components(templates: Path) -> Iterator[Component]:
    """Yield the components of the pages.

    Args:
        templates: the folder of the theme's templates.
    """
    for name in DISTRIBUTIONS:
        yield distribution_component(Distribution.from_name(name))
    assets = templates / "assets"
    for name in packages_in_maps(assets):
        yield Component(Section.PAGES, name, "", "", None, None, "the theme's source maps state no license")
    styles = "".join(path.read_text(encoding="utf-8") for path in assets.rglob("*.css"))
    for icons in used_icon_sets(templates / ".icons", styles):
        texts = tuple(LicenseText(path.name, path.read_text(encoding="utf-8")) for path in icons.glob("LICENSE*"))
        yield Component(
            Section.PAGES, f"{icons.name} icons", "", "icons", None, None, "the theme ships the icons' license", texts
        )


def packages_in_maps(assets: Path) -> list[str]:
    """Return the npm packages in the theme's scripts and styles."""
    maps = (json.loads(path.read_text(encoding="utf-8")) for path in assets.rglob("*.map"))
    return sorted({match[1] for content in maps for source in content["sources"] if (match := PACKAGE.search(source))})


def used_icon_sets(folder: Path, styles: str) -> Iterator[Path]:
    """Yield the folders of the icon sets that the theme's styles use."""
    drawn = set(PATH.findall(styles))
    for icons in sorted(path for path in folder.iterdir() if path.is_dir()):
        if any(not drawn.isdisjoint(PATH.findall(icon.read_text(encoding="utf-8"))) for icon in icons.rglob("*.svg")):
            yield icons


def distribution_component(distribution: Distribution) -> Component:
    """Return the component in an installed distribution."""
    metadata = Parser().parsestr(distribution.read_text("METADATA") or "")
    texts = [
        LicenseText(Path(file).name, file.read_text(encoding="utf-8"))
        for file in distribution.files or []
        if ".dist-info/licenses/" in str(file)
    ]
    found, evidence = declared(metadata, texts)
    name, version, summary = metadata["Name"], metadata["Version"], metadata["Summary"]
    return Component(Section.PAGES, name, version, summary, website(metadata), found, evidence, tuple(texts))
