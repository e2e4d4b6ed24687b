"""Runs pytest inside Pyodide; `run.mjs` gives `arguments` and takes the last line's value as its exit code."""

import sys

import pytest

sys.path.insert(0, "/repository/src")
int(pytest.main(arguments))  # noqa: F821  # pyright: ignore[reportUndefinedVariable]
