"""The behavior that all stores share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from headwater.caching.memory import MemoryStore
from headwater.caching.store import Trace
from headwater.graph.node import Node

if TYPE_CHECKING:
    from headwater.caching.store import Store


def memory_store(_: Path) -> Store:
    return MemoryStore()


def disk_store(folder: Path) -> Store:
    from headwater.caching.disk import DiskStore
    from headwater.caching.settings import CacheSettings

    return DiskStore(CacheSettings(str(folder)))


def shared_store(folder: Path) -> Store:
    from headwater.caching.disk import DiskStore
    from headwater.caching.settings import CacheSettings

    return DiskStore(CacheSettings(str(folder), values=f"memory://{folder.name}"))


STORES = [
    memory_store,
    pytest.param(disk_store, marks=pytest.mark.native),  # Pyodide may have no SQLite
    pytest.param(shared_store, marks=pytest.mark.native),
]


@pytest.fixture(params=STORES, ids=["memory", "disk", "shared"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    store: Store = request.param(tmp_path)
    return store


def node(name: str) -> Node:
    return Node(name=name, type=int, function=int)


TOTAL = node("total")


def test_a_recorded_value_is_found_by_its_trace_and_loaded(store: Store) -> None:
    trace = Trace("code", (store.provide("price", 2),))
    version = store.record(TOTAL, trace, 6)
    assert store.lookup(TOTAL, trace) == version
    assert store.load(TOTAL, version) == 6


@pytest.mark.parametrize("change", ["code", "input", "default", "node"])
def test_a_value_of_another_trace_is_not_found(store: Store, change: str) -> None:
    price = store.provide("price", 2)
    store.record(TOTAL, Trace("code", (price,)), 6)
    other = {
        "code": Trace("other code", (price,)),
        "input": Trace("code", (store.provide("price", 3),)),
        "default": Trace("code", (None,)),
    }
    requested = node("subtotal") if change == "node" else TOTAL
    assert store.lookup(requested, other.get(change, Trace("code", (price,)))) is None


def test_code_that_is_not_known_never_holds(store: Store) -> None:
    store.record(TOTAL, Trace(None, ()), 6)
    assert store.lookup(TOTAL, Trace(None, ())) is None


def test_an_equal_value_keeps_its_version(store: Store) -> None:
    before = store.record(TOTAL, Trace("code", ()), [6])
    assert store.record(TOTAL, Trace("other code", ()), [6]) == before
    assert store.record(TOTAL, Trace("third code", ()), [7]) != before


def test_a_provided_value_keeps_its_version_until_it_changes(store: Store) -> None:
    before = store.provide("price", 2)
    assert store.provide("price", 2) == before
    assert store.provide("price", 2.0) != before


def test_an_iterator_is_never_found_as_its_first_reader_consumes_it(store: Store) -> None:
    store.record(TOTAL, Trace("code", ()), iter([6]))
    assert store.lookup(TOTAL, Trace("code", ())) is None


def test_none_is_a_value(store: Store) -> None:
    version = store.record(TOTAL, Trace("code", ()), None)
    assert store.lookup(TOTAL, Trace("code", ())) == version
    assert store.load(TOTAL, version) is None
