"""The state of decorators that libraries provide."""

from __future__ import annotations

import threading
from typing import Any

from headwater.caching.library_state import library_state

PACKAGE = __name__.partition(".")[0]


def digest(value: Any) -> bytes | None:
    return repr(value).encode() if isinstance(value, int | str) else None


def state(value: Any, depth: int = 5) -> bytes:
    return library_state(value, PACKAGE, digest, depth)


class Retry:
    __slots__ = ("attempts", "empty", "lock")

    def __init__(self, attempts: int) -> None:
        self.attempts, self.lock = attempts, threading.Lock()

    def call(self) -> None: ...


class Options:
    def __init__(self, **options: Any) -> None:
        vars(self).update(options)


def test_attributes_and_slots_count() -> None:
    assert state(Retry(1)) == state(Retry(1))
    assert state(Retry(1)) != state(Retry(2))
    assert state(Options(a=Retry(1))) == state(Options(a=Retry(1)))
    assert state(Options(a=Retry(1))) != state(Options(a=Retry(2)))
    assert state(Options(a=1)) != state(Options(b=1))


def test_items_and_bound_methods_count() -> None:
    for wrap in (lambda item: [item], lambda item: (item,), lambda item: {"a": item}, lambda item: item.call):
        assert state(wrap(Retry(1))) == state(wrap(Retry(1)))
        assert state(wrap(Retry(1))) != state(wrap(Retry(2)))


def test_what_has_no_digest_counts_by_type() -> None:
    assert state(threading.Lock()) == state(threading.Lock())
    assert state(threading.Lock()) != state(threading.local())


def test_namespaces_count_by_type() -> None:
    assert state({"__builtins__": {}, "a": 1}) == state({"__builtins__": {}, "a": 2})


def test_objects_that_contain_themselves_end() -> None:
    options = Options(a=1)
    options.__dict__["self"] = options
    assert state(options)
