"""The configuration files for common hosts set the same headers, and the security page lists them."""

import re

import pytest
from deploy_headers import READERS, headers_of
from repository import ROOT

pytestmark = pytest.mark.native  # Pyodide has only part of the repository

REFERENCE = headers_of("_headers")


@pytest.mark.parametrize("host", READERS)
def test_each_host_sends_the_same_headers(host: str) -> None:
    assert headers_of(host) == REFERENCE


def test_each_file_is_listed_with_its_host() -> None:
    listed = re.findall(r"^\| [\w, ]+ \| `([^`]+)` \|", (ROOT / "deploy" / "README.md").read_text(), re.MULTILINE)
    files = {path.name for path in (ROOT / "deploy").iterdir()} - {"README.md"}
    assert set(listed) == files == READERS.keys()


def test_the_page_about_security_states_them() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \| ([^|]+) \|", text, re.MULTILINE)
    stated = {"/": {}, "/play/": {}}
    for name, value, where in rows:
        if where.strip() in ("every page", "every page except `/play/`"):
            stated["/"][name] = value
        if where.strip() in ("every page", "`/play/`"):
            stated["/play/"][name] = value
    assert stated == REFERENCE


def test_only_the_playground_that_has_drafts_refuses_frames() -> None:
    assert "frame-ancestors 'self'" in REFERENCE["/play/"]["Content-Security-Policy"]
    assert "frame-ancestors" not in REFERENCE["/"]["Content-Security-Policy"]


@pytest.mark.parametrize("host", READERS)
def test_a_difference_would_be_seen(host: str) -> None:
    text = (ROOT / "deploy" / host).read_text(encoding="utf-8")
    assert READERS[host](text.replace("nosniff", "sniff")) != REFERENCE
    assert READERS[host](text.replace("/play/", "/other/")) != REFERENCE
