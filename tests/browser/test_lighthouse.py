"""Lighthouse scores for accessibility and best practices: at least 95 out of 100 on each kind of page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from browser_engines import chromium_path

AUDIT = Path(__file__).with_name("lighthouse")
LEAST = 95


pytestmark = pytest.mark.everywhere


PAGES = {
    "home": "",
    "tutorial": "first-dataflow/",
    "gallery": "gallery/",
    "guide": "guides/testing/",
    "error catalog": "errors/",
    "error page": "errors/missing-input/",
    "course": "course/",
    "lesson": "course/what-reruns/",
    "playground": "play/",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_scores_at_least_95(site, playwright, path):
    chromium = chromium_path() or playwright.chromium.executable_path
    node = shutil.which("node")
    assert node is not None
    assert (AUDIT / "node_modules").is_dir(), "Lighthouse is not installed: run `make test-browser`."
    command = [node, str(AUDIT / "audit.mjs"), site.address + path, chromium]
    completed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert completed.returncode == 0, completed.stderr
    categories = json.loads(completed.stdout)
    assert {category["title"] for category in categories} == {"Accessibility", "Best Practices"}
    assert [category for category in categories if category["score"] < LEAST] == []
