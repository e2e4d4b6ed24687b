"""Runs pytest inside Pyodide.

`run.mjs` provides `arguments`, `watchdog` and `limit`, and uses the value of the last line as its exit code.
"""
# ruff: noqa: F821
# pyright: reportUndefinedVariable=false

import signal
import sys

import pytest


class Watched:
    """Reports to the watchdog which test is running, and fails that test when the watchdog interrupts it."""

    def __init__(self):
        self.running = None
        self.interrupted = False

    def pytest_runtest_logstart(self, nodeid):
        self.running = nodeid
        self.interrupted = False
        watchdog.started(nodeid)

    def pytest_runtest_logfinish(self):
        self.running = None
        watchdog.finished()

    def interrupt(self, _signal, _frame):
        if self.running is not None:
            self.interrupted = True
            self.fail()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self):
        result = yield
        if self.interrupted:  # the code under test caught the failure
            self.fail()
        return result

    def fail(self):
        pytest.fail(f"{self.running} ran for more than {limit:g} s.")


watched = Watched()
signal.signal(signal.SIGINT, watched.interrupt)
sys.path.insert(0, "/repository/src")
int(pytest.main(arguments, plugins=[watched]))
