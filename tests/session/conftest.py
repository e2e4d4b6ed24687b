"""A session that is closed after the test, and short ways to look at a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        yield session
