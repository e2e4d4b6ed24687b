"""Write the service worker: a list of the site's files, followed by the worker that caches them.

Offline use needs every file of one build, so the list is written after the build, from the files in the site's folder. The
worker ignores requests for all other files.
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
    "assets/headwater/runtime/*.zst",  # Python: the page caches it once the visitor has run code
    "assets/headwater/*.whl",  # the engine for exported projects: requested by pip, not by a page
    "assets/headwater/projects/*",  # downloads: each example as a project
    "assets/playground.png",  # used only by the README
    "assets/cards/*",  # shown by other sites
    "*.map",
    "*.md",  # pages as Markdown, for other programs
    "llms*.txt",
    "feed.xml",
    "404.html",
    "objects.inv",
    "sitemap.xml.gz",
    SERVED_AS,
)

# Files that are cached on first use.
ON_DEMAND = ("assets/headwater/data/nyc-weather.csv", "assets/headwater/parts/*.wasm", "third-party/index.html")

# Files that servers generate on request, because the site's URL is unknown at build time. See `docs/serve.py`.
WRITTEN_BY_SERVERS = frozenset({"sitemap.xml"})


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file on the site."""

    path: str
    content: bytes

    @property
    def entry(self) -> dict[str, str]:
        """Return the file's entry in the worker's list, in Workbox's format."""
        digest = hashlib.sha256(self.content).digest()
        entry = {"url": self.url, "revision": digest.hex()[:16]}
        if self.path not in WRITTEN_BY_SERVERS:
            entry["integrity"] = f"sha256-{base64.b64encode(digest).decode()}"
        return entry

    @property
    def url(self) -> str:
        """Return the file's URL.

        A page has its folder's URL, because some hosts redirect `play/index.html` to `play/`.
        """
        return f"./{self.path}".removesuffix("index.html")


def on_post_build(config: MkDocsConfig) -> None:
    """Write the worker into the built site."""
    if not WORKER.is_file():
        raise PluginError(f"{WORKER} is missing. Build the site with `make site`, which runs `npm run build` first.")
    write_worker(Path(config.site_dir))


def write_worker(site: Path) -> None:
    """Write the list of a site's files, followed by the worker."""
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
    """Yield the site's files that the worker lists."""
    for path in sorted(site.rglob("*")):
        within = path.relative_to(site).as_posix()
        if path.is_file() and not matches(within, LEFT_OUT):
            yield SiteFile(within, path.read_bytes())


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Return whether any of the patterns matches a path."""
    return any(fnmatchcase(path, pattern) for pattern in patterns)
