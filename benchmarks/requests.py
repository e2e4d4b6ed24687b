"""The files of the site that a page requests, and their sizes."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.served import ROOT
from playwright.sync_api import Page

SITE = ROOT / "site"
UPDATE_CHECK = "/site/sw.js"
"""The path of the request that checks for a new version of the site. This request is not counted."""


def record_requests(opened: Page) -> list[str]:
    """Record the paths that come from the network instead of a cache or the service worker."""
    requests: list[str] = []
    session = opened.context.new_cdp_session(opened)
    session.send("Network.enable")

    def record(event: dict) -> None:
        response = event["response"]
        path = urlsplit(response["url"]).path
        if not response.get("fromServiceWorker") and not response.get("fromDiskCache") and path not in {"", UPDATE_CHECK}:
            requests.append(path)

    session.on("Network.responseReceived", record)
    return requests


def weight(paths: Sequence[str]) -> int:
    """Return the total compressed size of the files at these paths, except those of Python and Graphviz."""
    return sum(len(gzip.compress(_file(path).read_bytes())) for path in paths if _counts(path))


def _counts(path: str) -> bool:
    return "/runtime/" not in path and "graphviz" not in path and path.startswith("/site/")


def _file(path: str) -> Path:
    file = SITE / path.removeprefix("/site/")
    return file / "index.html" if file.is_dir() else file
