"""Functions pickled by value, for processes that cannot import them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cloudpickle  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable


def by_value(function: Callable[..., Any]) -> bytes:
    """Pickle a function, including its code and the variables that it closes over."""
    pickled: bytes = cloudpickle.dumps(function)
    return pickled
