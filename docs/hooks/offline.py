"""Writes the service worker: the list of the finished site's files, and after it the worker that keeps them.

A page that is all there without a network needs every file of one build, so that the list is made when the build is
over, from what lies in its folder. Whatever is not in the list is fetched as if there was no worker.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

WORKER = Path(__file__).parents[2] / "playground" / "dist-worker" / "sw.js"
SERVED_AS = "sw.js"

LEFT_OUT = (
    "assets/headwater/runtime/*.gz",  # Python: the page keeps it by itself, and only once somebody has run something
    "assets/headwater/*.whl",  # the engine for projects that were downloaded: pip asks for it, no page does
    "assets/javascripts/lunr/*",  # the theme's search in languages that the site is not in
    "assets/playground.png",  # for the README
    "*.map",
    "404.html",
    "objects.inv",
    "sitemap.xml.gz",
    SERVED_AS,
)

# Kept once somebody has asked for them.
ON_DEMAND = ("assets/headwater/parts/*.wasm",)

# Servers that do not know their address when the site is built write it when they are asked; see docs/serve.py.
WRITTEN_BY_SERVERS = frozenset({"sitemap.xml"})


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file as a visitor gets it."""

    path: str
    content: bytes

    @property
    def entry(self) -> dict[str, str]:
        """What the worker is told; the keys are those of Workbox."""
        digest = hashlib.sha256(self.content).digest()
        entry = {"url": self.url, "revision": digest.hex()[:16]}
        if self.path not in WRITTEN_BY_SERVERS:
            entry["integrity"] = f"sha256-{base64.b64encode(digest).decode()}"
        return entry

    @property
    def url(self) -> str:
        """A page has the address of its folder: some hosts send `play/index.html` on to `play/`."""
        return f"./{self.path}".removesuffix("index.html")


def on_post_build(config: MkDocsConfig) -> None:
    """Write the worker beside what was built."""
    if not WORKER.is_file():
        raise PluginError(f"{WORKER} is missing. Build the site with `make site`, which runs `npm run build` first.")
    write_worker(Path(config.site_dir))


def write_worker(site: Path) -> None:
    """List the files of a finished site in front of the worker that keeps them."""
    files = list(listed(site))
    lists = {
        "files": [file.entry for file in files if not matches(file.path, ON_DEMAND)],
        "onDemand": [file.entry for file in files if matches(file.path, ON_DEMAND)],
    }
    worker = WORKER.read_text(encoding="utf-8")
    version = hashlib.sha256(f"{json.dumps(lists)}{worker}".encode()).hexdigest()[:16]
    written = json.dumps({"version": version, **lists}, separators=(",", ":"))
    (site / SERVED_AS).write_text(f"const SITE={written};\n{worker}", encoding="utf-8")


def listed(site: Path) -> Iterator[SiteFile]:
    """The files that a version of the site is made of."""
    for path in sorted(site.rglob("*")):
        within = path.relative_to(site).as_posix()
        if path.is_file() and not matches(within, LEFT_OUT):
            yield SiteFile(within, path.read_bytes())


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns names the file."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)
