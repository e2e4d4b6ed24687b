"""Fill the playground guide's table of libraries that a page can import, with versions and download sizes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.structure.pages import Page

MANIFEST: Final = Path(__file__).parents[2] / "playground/.cache/pack/manifest.json"
PAGE: Final = "guides/playground.md"
MARK: Final = "<!-- libraries -->"

RuntimeFile = dict[str, Any]


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Replace the marker in the guide with the table."""
    if page.file.src_uri != PAGE:
        return markdown
    if not MANIFEST.is_file():
        raise PluginError(f"{MANIFEST} is missing. Build the site with `make site`, which creates this file.")
    return markdown.replace(MARK, table(json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]))


def table(files: Iterable[RuntimeFile]) -> str:
    """Return the table as Markdown. A library that only other libraries import has no row: its size is included in theirs."""
    by_name = {file["name"]: file for file in files}
    required = {name for file in by_name.values() for name in file.get("requires", ())}
    rows = ["| library | import | download |", "|---|---|---|"]
    rows += [
        _row(file, "at startup")
        for file in by_name.values()
        if file["stage"] == "library" and "distribution" in file and file["imports"] != ["tzdata"]
    ]
    rows += [
        _row(file, f"{sum(by_name[name]['transfer'] for name in _with_required(by_name, file['name'])) / 1e6:.1f} MB")
        for file in sorted(by_name.values(), key=lambda file: str(file["name"]))
        if file["stage"] == "pack" and file["imports"] and (file["name"] not in required or file.get("requires"))
    ]
    return "\n".join(rows)


def _row(file: RuntimeFile, download: str) -> str:
    modules = ", ".join(f"`{module}`" for module in sorted(file["imports"]) if not module.startswith("_"))
    name, version = file["distribution"]["name"], file["distribution"]["version"]
    return f"| {name} {version} | {modules} | {download} |"


def _with_required(files: Mapping[str, RuntimeFile], name: str) -> set[str]:
    names = {name}
    for required in files[name].get("requires", ()):
        names |= _with_required(files, required)
    return names
