"""The nightly job. Each night, it runs in a new process."""

import tempfile

import features

from headwater import Builder
from headwater.hooks import Call, Observer


class Computed(Observer):
    """Record the nodes whose functions are called."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def started(self, call: Call) -> None:
        """Record a call."""
        self.names.append(call.node.name)


def _run(folder: str) -> list[str]:
    """Run the dataflow, and return the names of the computed nodes."""
    computed = Computed()
    driver = Builder().with_modules(features).build()
    driver.execute(["close_pairs"], hooks=[computed])
    return computed.names


def nights() -> dict[str, list[str]]:
    """The nodes computed on each of two nights, with the same folder."""
    with tempfile.TemporaryDirectory() as folder:
        return {night: _run(folder) for night in ("first", "second")}
