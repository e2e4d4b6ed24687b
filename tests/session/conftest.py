"""A session that is closed after the test, and short ways to look at a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        yield session


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sessions import modules, capture prints, stop runs and compare values: all of it depends on the interpreter."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.interpreter)
