"""`ModuleCache`: caches results for the latest versions of each module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MAX_TEXTS: Final = 2
"""The maximum number of cached versions per module. Two versions are needed to compare two sessions."""
_MAX_MODULES: Final = 2_000


class ModuleCache(Generic[T]):
    r"""A function of a module's name and text that caches its latest results.

    An edit changes one module, so the results for the other modules are reused. Older versions are dropped, because each key
    press creates a new version, and hundreds of syntax trees would slow down the garbage collector.

    >>> count = ModuleCache(lambda module, text: len(text.splitlines()))
    >>> count("flow", "a = 1"), count("flow", "a = 1\nb = 2")
    (1, 2)
    """

    def __init__(self, compute: Callable[[str, str], T]) -> None:
        self._compute = compute
        self._results: dict[str, dict[str, T]] = {}

    def __call__(self, module: str, text: str) -> T:
        """Return the result for a module's text."""
        cached = self._results.get(module, {})
        if text in cached:
            return cached[text]
        result = self._compute(module, text)
        if module not in self._results and len(self._results) >= _MAX_MODULES:
            self._results.clear()
        remembered = list(cached.items())[1 - _MAX_TEXTS :]
        self._results[module] = {**dict(remembered), text: result}
        return result
