"""The store on disk: formats, shared values, and several processes and threads."""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from headwater import Builder, cache
from headwater.caching.disk import MISSING, DiskStore, UnknownVersion, trace_key
from headwater.caching.settings import CacheSettings
from headwater.caching.store import Trace
from headwater.caching.trace_database import TraceDatabase, TraceRow
from headwater.errors import CacheWarning
from headwater.graph.node import Node

pytestmark = pytest.mark.native  # Pyodide may have no SQLite


class Color(enum.Enum):
    RED = 1


class Point(NamedTuple):
    x: int


@dataclasses.dataclass
class Order:
    price: int
    parts: list[object]


NODE = Node(name="value", type=object, function=int)


def store_in(folder: Path, **settings: Any) -> DiskStore:
    return DiskStore(CacheSettings(str(folder), **settings))


@pytest.mark.parametrize(
    ("value", "format_"),
    [
        (None, "json"),
        (True, "json"),
        (10**400, "json"),
        (float("nan"), "json"),
        (-0.0, "json"),
        ("a\ud800\x00", "json"),
        ([1, {"a": [None, 2.5]}], "json"),
        ({1: 2}, "pickle"),
        ((1, 2), "pickle"),
        ([(1,)], "pickle"),
        ({1, 2}, "pickle"),
        (b"x", "pickle"),
        (1j, "pickle"),
        (Color.RED, "pickle"),
        (Point(1), "pickle"),
        (Order(1, [Color.RED, Point(2)]), "pickle"),
        ([[]] * 2, "pickle"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isalpha() else type(value).__name__,
)
def test_the_format_depends_on_the_value(tmp_path: Path, value: object, format_: str) -> None:
    store = store_in(tmp_path)
    recorded = store.store(NODE, b"key", "code", value, {})
    assert recorded.format == format_
    loaded = store.read(str(recorded.version))
    assert store.hash("value", loaded) == recorded.version
    assert type(loaded) is type(value)
    assert repr(loaded) == repr(value)


def test_a_requested_format_is_used_if_it_is_exact(tmp_path: Path) -> None:
    store = store_in(tmp_path, formats={"value": "pickle"})
    assert store.store(NODE, b"key", "code", [1], {}).format == "pickle"
    store = store_in(tmp_path, formats={"value": "json"})
    with pytest.warns(CacheWarning, match="The format `json` cannot restore the exact value of `value`.* stored as `pickle`"):
        assert store.store(NODE, b"key", "code", (1,), {}).format == "pickle"


def test_a_decorator_requests_a_format(tmp_path: Path) -> None:
    @cache(format="pickle")
    def numbers() -> list[int]:
        return [1]

    driver = Builder().with_functions(numbers).with_cache(tmp_path).build()
    driver.execute(["numbers"])
    assert driver.cache.log[0].format == "pickle"


def test_without_pickle_some_values_are_not_stored_and_none_is_loaded(tmp_path: Path) -> None:
    version = str(store_in(tmp_path).store(NODE, b"key", "code", (1,), {}).version)
    assert store_in(tmp_path).read(version) is MISSING  # the first store has not written its rows yet
    with_pickle = store_in(tmp_path)
    with_pickle.store(NODE, b"key", "code", (1,), {})
    with_pickle.database.flush()
    without = store_in(tmp_path, allow_pickle=False)
    assert without.read(version) is MISSING
    recorded = without.store(NODE, b"key2", "code", (2,), {})
    assert (recorded.format, recorded.problem) == (None, "no format restores this value exactly")


def test_a_trace_with_an_unknown_version_has_no_key() -> None:
    assert trace_key("a", Trace("code", ("1",))) is not None
    assert trace_key("a", Trace("code", (UnknownVersion("it cannot be hashed"),))) is None
    assert trace_key("a", Trace(None, ())) is None


# --- values at a URL -----------------------------------------------------------------------------------------------------


def base_plus_one(base: int) -> int:
    return base + 1


def doubled(base_plus_one: int) -> list[int]:
    return [base_plus_one] * 2


def outcomes(folder: Path, **settings: Any) -> list[str]:
    driver = Builder().with_functions(base_plus_one, doubled).with_cache(folder, **settings).build()
    assert driver.execute(["doubled"], inputs={"base": 1}) == {"doubled": [2, 2]}
    driver.cache.close()
    return [event.outcome for event in driver.cache.log]


@pytest.mark.parametrize("scheme", ["memory", "file"])
def test_a_team_shares_values_behind_a_url(tmp_path: Path, scheme: str) -> None:
    url = f"memory://{tmp_path.name}" if scheme == "memory" else (tmp_path / "shared").as_uri()
    assert outcomes(tmp_path / "mine", values=url) == ["miss", "miss"]
    assert outcomes(tmp_path / "mine", values=url) == ["hit", "hit"]
    assert outcomes(tmp_path / "yours", values=url) == ["hit", "hit"]
    assert not (tmp_path / "yours" / "values").exists()


def test_a_damaged_shared_trace_or_value_is_not_believed(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    url = f"file://{shared}"
    outcomes(tmp_path / "mine", values=url)
    for path in (shared / "traces").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert outcomes(tmp_path / "yours", values=url) == ["miss", "miss"]
    for path in shared.rglob("*.json"):
        path.write_bytes(b"[]")
    with pytest.warns(CacheWarning, match="cannot be used"):
        assert "miss" in outcomes(tmp_path / "another", values=url)


def test_pickles_are_neither_written_to_a_url_nor_read_from_it_unless_allowed(tmp_path: Path) -> None:
    def pair(base: int) -> tuple[int, int]:
        return (base, base)

    def run(folder: str, **settings: Any) -> list[str]:
        builder = Builder().with_functions(pair)
        driver = builder.with_cache(tmp_path / folder, values=f"memory://{tmp_path.name}", **settings).build()
        assert driver.execute(["pair"], inputs={"base": 1}) == {"pair": (1, 1)}
        driver.cache.close()
        return [event.outcome for event in driver.cache.log]

    with pytest.warns(CacheWarning, match="`pair` is computed in every run: no format restores this value exactly"):
        assert run("mine") == ["miss"]
    assert run("mine", allow_pickle=True) == ["miss"]
    assert run("yours", allow_pickle=True) == ["hit"]
    with pytest.warns(CacheWarning, match="no format restores this value exactly"):
        assert run("another") == ["miss"]


def test_a_url_that_does_not_answer_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = Builder().with_functions(base_plus_one).with_cache(tmp_path, values=f"memory://{tmp_path.name}").build()

    def refuse(*_: object) -> None:
        raise ConnectionError("no route to host")

    for name in ("read", "write", "exists"):
        monkeypatch.setattr(driver.cache.store.files, name, refuse)
    with pytest.warns(CacheWarning, match="Cannot use the cache files in `memory://.*no route to host"):
        assert driver.execute(["base_plus_one"], inputs={"base": 1}) == {"base_plus_one": 2}
    assert driver.execute(["base_plus_one"], inputs={"base": 2}) == {"base_plus_one": 3}  # reported once


# --- several processes and threads ---------------------------------------------------------------------------------------


def test_threads_record_the_same_values(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    traces = [Trace("code", (str(number % 10),)) for number in range(200)]

    def record(trace: Trace) -> Any:
        return store.record(NODE, trace, [int(str(trace.read[0]))] * 3)

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(record, traces))
    assert len(set(versions)) == 10
    store.database.close()
    fresh = store_in(tmp_path)
    for trace, version in zip(traces, versions, strict=True):
        assert fresh.lookup(NODE, trace) == version
        assert fresh.load(NODE, version) == [int(str(trace.read[0]))] * 3


def test_processes_write_to_one_cache(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_disk import base_plus_one, doubled
from headwater import Builder
driver = Builder().with_functions(base_plus_one, doubled).with_cache(Path({str(tmp_path)!r})).build()
for base in range(30):
    assert driver.execute(["doubled"], inputs={{"base": base}})["doubled"] == [base + 1] * 2
"""
    running = [subprocess.Popen([sys.executable, "-W", "error", "-c", program]) for _ in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert {row.node for row in store_in(tmp_path).database.traces()} == {"base_plus_one", "doubled"}
    assert len(store_in(tmp_path).database.traces()) == 60


def test_rows_name_the_parts_of_the_key(tmp_path: Path) -> None:
    outcomes(tmp_path)
    row = store_in(tmp_path).database.latest("doubled")
    assert row is not None
    assert {"node base_plus_one", f"function {__name__}.doubled"} <= json.loads(row.parts).keys()


def test_many_traces_are_looked_up_as_single_traces_are(tmp_path: Path) -> None:
    database = TraceDatabase(tmp_path)
    rows = [TraceRow(b"%016d" % number, f"node_{number}", "code", f"version {number}", "{}", number) for number in range(100)]
    for row in rows[:-1]:
        database.add(row, None)
    database.flush()
    database.add(rows[-1], None)
    with contextlib.closing(sqlite3.connect(database.path)) as connection, connection:  # damage a row
        connection.execute("UPDATE traces SET version = 'other' WHERE node = 'node_7'")
    for count in (1, 60, 1_000, 10):
        version = database.version_lookup(count)
        assert [version(row.key) for row in rows] == [None if row.node == "node_7" else row.version for row in rows]
        assert version(b"unknown") is None
