"""One page of each kind: the data that a first visit loads, and Lighthouse scores on a desktop screen and on a phone."""

import gzip
import json
import os
import shutil
import subprocess
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.figures import Figure
from benchmarks.requests import record_requests, weight
from benchmarks.served import ROOT, serve, served

AUDIT = ROOT / "tests" / "browser" / "lighthouse" / "audit.mjs"
PAGES = {
    "home": "",
    "gallery": "gallery/",
    "guide": "guides/testing/",
    "error catalog": "errors/",
    "error page": "errors/missing-input/",
    "course": "course/",
    "lesson": "course/what-reruns/",
    "playground": "play/",
}
FORMS = ("desktop", "mobile")
SETTLING = 3_000
"""Milliseconds after which a page has loaded what it needs."""

COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".xml"}


class CompressingRequest(serve.SiteRequest):
    """A handler that compresses text, as almost every host does. The sizes affect Lighthouse's scores."""

    def do_GET(self) -> None:  # noqa: N802 - the base class requires this name
        """Send a file, compressed if it is text."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if self.path.endswith("/") else file
        if file.suffix not in COMPRESSED or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def pages() -> list[Figure]:
    """Visit each page with a new profile, then audit it on both kinds of screen."""
    figures: list[Figure] = []
    with served(CompressingRequest) as local_address:
        for kind, path in PAGES.items():
            with TemporaryDirectory() as profile:
                size = _size(Path(profile), local_address.replace("127.0.0.1", "site.localhost") + "site/" + path)
            figures.append(Figure(f"{kind}: first visit, gzipped, without Python and Graphviz", [size], "kB"))
            for form in FORMS:
                scores = _scores(f"{local_address}site/{path}", form)
                figures += [Figure(f"{kind}: {title}, {form}", [score], "of 100") for title, score in scores.items()]
    return figures


def _size(profile: Path, address: str) -> float:
    """Return the kilobytes that a page loads before the reader does anything."""
    with visit(profile) as opened:
        requests = record_requests(opened)
        opened.goto(address)
        opened.wait_for_timeout(SETTLING)  # the playground's network is never idle, because Python starts immediately
        return weight(requests) / 1e3


def _scores(address: str, form: str) -> dict[str, float]:
    """Return the score of each of Lighthouse's categories."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    command = [shutil.which("node") or "node", str(AUDIT), address, chromium, form, "all"]
    report = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240).stdout
    return {category["title"]: category["score"] for category in json.loads(report)}
