"""Run pytest inside Pyodide.

`run.mjs` provides `arguments`, `absent`, `watchdog` and `limit`, and uses the value of the last line as its exit code.
"""
# ruff: noqa: F821
# pyright: reportUndefinedVariable=false

import sys

import pytest

sys.path.insert(0, "/repository/tests/pyodide")
from absent_libraries import AbsentLibraries
from watched_tests import Watched

sys.path[0] = "/repository/src"  # hides this folder's modules from the tests
int(pytest.main(arguments, plugins=[Watched(watchdog, limit), *([AbsentLibraries(absent)] if absent else [])]))
