"""A session that is closed after the test, and a shortcut to run a check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from headwater.wire.views import CheckView

    Check = Callable[..., CheckView]

SHOP = """
def cost() -> int:
    return 3

def price(cost: int, tax: int = 2) -> int:
    \"\"\"What customers pay.\"\"\"
    return cost + tax

def margin(price: int, cost: int) -> int:
    return price - cost

def apart() -> int:
    return 1
"""


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        yield session


@pytest.fixture
def shop(session: Session) -> Session:
    """A session whose dataflow has run."""
    session.update({"shop.py": SHOP})
    session.run()
    return session


@pytest.fixture
def check(shop: Session) -> Check:
    """Return a function that runs a check against the session `shop`."""
    return lambda source, **exercise: run_check(shop, Exercise(source, **exercise))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests in this folder to run in Pyodide too, because importing and printing depend on the interpreter."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.interpreter)
