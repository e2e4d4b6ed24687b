"""Fixtures for tests that compare the outline of files with the graph that is built by importing them."""

import importlib
import linecache
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from headwater import Builder
from headwater.graph.graph import Graph

BuilderOfFiles = Callable[..., Graph]


@pytest.fixture
def built(tmp_path, monkeypatch) -> Iterator[BuilderOfFiles]:
    """Return a function that writes files into a directory, imports them as modules, and builds their graph."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    names: list[str] = []

    def build(files: Mapping[str, str], config: Mapping[str, Any] | None = None) -> Graph:
        for file, text in files.items():
            (tmp_path / file).write_text(text, encoding="utf-8")
            names.append(file.removesuffix(".py"))
        importlib.invalidate_caches()
        modules = [importlib.import_module(file.removesuffix(".py")) for file in files if file.endswith(".py")]
        return Builder().with_modules(*modules).with_config(dict(config or {})).build().graph

    yield build
    for name in names:
        sys.modules.pop(name, None)
    linecache.clearcache()
