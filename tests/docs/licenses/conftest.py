"""The generator of the page about licenses is a package in `docs/`, which is not on the path."""

import importlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def licenses(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return a function that imports a module of the generator."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return lambda name: importlib.import_module(f"licenses.{name}")


@pytest.fixture
def component(licenses) -> Callable[..., Any]:
    """Return a function that creates a component with an accepted license and a text."""
    components = licenses("components")
    defaults = {
        "section": components.Section.PYTHON,
        "name": "rain",
        "version": "1.2",
        "purpose": "Rain",
        "url": "https://rain.example/",
        "license": "MIT",
        "evidence": "License 'MIT'",
        "texts": (components.LicenseText("LICENSE", "Do what you like."),),
    }
    return lambda **changes: components.Component(**{**defaults, **changes})


@pytest.fixture
def wheel(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a wheel with metadata and files."""

    def write(metadata: str, files: dict[str, str] | None = None) -> Path:
        path = tmp_path / "rain-1.2-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("rain/__init__.py", "")
            archive.writestr("rain-1.2.dist-info/METADATA", f"Name: rain\nVersion: 1.2\nSummary: Rain\n{metadata}\n")
            for name, text in (files or {}).items():
                archive.writestr(name, text)
        return path

    return write
