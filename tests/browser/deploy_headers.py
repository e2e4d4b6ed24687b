"""The headers in `deploy/` for common hosts, as dictionaries keyed by path."""

from __future__ import annotations

import re
from collections.abc import Callable

from repository import ROOT

Headers = dict[str, dict[str, str]]
"""The headers of all pages and of `/play/`, keyed by path."""

QUOTED = re.compile(r'([\w-]+) "([^"]*)"')


def of_netlify(text: str) -> Headers:
    """Parse `_headers`: paths, each with indented headers."""
    found: Headers = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line.removesuffix("*")
            found[path] = dict(found.get("/", {}))
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
    return found


def of_nginx(text: str) -> Headers:
    """Parse nginx's `location` blocks, which do not inherit headers."""
    return {
        path: dict(re.findall(r'add_header ([\w-]+) "([^"]*)" always;', body))
        for path, body in re.findall(r"location (\S+) \{\n(.*?)\n\}", text, re.DOTALL)
    }


def of_apache(text: str) -> Headers:
    """Parse the headers for all paths, then those for one path."""
    common, _, rest = text.partition("<If ")
    path = re.search(r"m#\^(\S+?)#", rest)
    assert path is not None
    every = dict(QUOTED.findall(common.replace("Header always set ", "")))
    return {"/": every, path[1]: every | dict(QUOTED.findall(rest.replace("Header always set ", "")))}


def of_caddy(text: str) -> Headers:
    """Parse a block for all paths, and a directive for one."""
    block = re.search(r"header /\* \{\n(.*?)\n\}", text, re.DOTALL)
    part = re.search(r"^@play path (\S+)\*\nheader @play (.*)$", text, re.MULTILINE)
    assert block is not None
    assert part is not None
    every = dict(QUOTED.findall(block[1]))
    return {"/": every, part[1]: every | dict(QUOTED.findall(part[2]))}


READERS: dict[str, Callable[[str], Headers]] = {
    "_headers": of_netlify,
    "nginx.conf": of_nginx,
    "apache.conf": of_apache,
    "Caddyfile": of_caddy,
}


def headers_of(host: str) -> Headers:
    return READERS[host]((ROOT / "deploy" / host).read_text(encoding="utf-8"))
