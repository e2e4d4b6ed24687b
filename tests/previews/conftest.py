"""The previews' tests run inside Pyodide with every `make test`."""

from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Previews depend on the builds of numpy and pandas and on what the interpreter puts into a `repr`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.interpreter)
