"""Every problem with a cache's files causes a clear warning, and the result is still correct."""

from __future__ import annotations

import contextlib
import errno
import random
import shutil
import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder
from headwater.caching.trace_database import FILE_NAME
from headwater.driver import Driver
from headwater.errors import CacheWarning

pytestmark = pytest.mark.native  # Pyodide may have no SQLite


def numbers(base: int) -> list[int]:
    return [base, base + 1]


def total(numbers: list[int]) -> int:
    return sum(numbers)


def build(folder: Path, **settings: Any) -> Driver[dict[str, Any]]:
    return Builder().with_functions(numbers, total).with_cache(folder, **settings).build()


def run(driver: Driver[dict[str, Any]], *outputs: str) -> list[str]:
    """Run the dataflow, and return the nodes that were computed."""
    before = len(driver.cache.log)
    results = driver.execute(outputs or ["total", "numbers"], inputs={"base": 1})
    assert results == {name: value for name, value in {"total": 3, "numbers": [1, 2]}.items() if name in results}
    driver.cache.close()
    return [event.node for event in driver.cache.log[before:] if event.outcome == "miss"]


def value_files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "values").rglob("*") if path.is_file())


def truncated(data: bytes) -> bytes:
    return data[:-1]


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


@pytest.mark.parametrize(
    "damage", [truncated, flipped, lambda _: b"", lambda data: data * 2], ids=["truncated", "flipped", "empty", "longer"]
)
def test_a_damaged_value_is_computed_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    run(build(tmp_path))
    for path in value_files(tmp_path):
        path.write_bytes(damage(path.read_bytes()))
    driver = build(tmp_path)
    with pytest.warns(CacheWarning, match="cannot be used: it is incomplete or was changed. Its value is computed again"):
        assert run(driver) == ["numbers", "total"]
    assert driver.why("total").reason == "The stored value of `total` is damaged or was deleted."
    assert run(build(tmp_path)) == []


def test_only_the_damaged_value_that_is_needed_is_computed_again(tmp_path: Path) -> None:
    run(build(tmp_path))
    driver = build(tmp_path)
    (version,) = driver.cache.versions("numbers")
    (path,) = (path for path in value_files(tmp_path) if path.stem == version.data_version)
    path.write_bytes(b"x")
    assert run(driver, "total") == []  # the value of `numbers` is not needed
    with pytest.warns(CacheWarning, match="cannot be used"):
        assert run(driver) == ["numbers"]


def test_a_deleted_value_is_computed_again_without_a_warning(tmp_path: Path) -> None:
    run(build(tmp_path))
    for path in value_files(tmp_path):
        path.unlink()
    assert run(build(tmp_path)) == ["numbers", "total"]
    assert run(build(tmp_path)) == []


def test_a_value_that_was_replaced_by_another_is_not_believed(tmp_path: Path) -> None:
    run(build(tmp_path))
    one, other = value_files(tmp_path)
    one_data, other_data = one.read_bytes(), other.read_bytes()
    one.write_bytes(other_data)
    other.write_bytes(one_data)
    with pytest.warns(CacheWarning, match="cannot be used"):
        assert run(build(tmp_path)) == ["numbers", "total"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"not a database" * 100,
        lambda data: data[: len(data) // 2],
        lambda data: data[:200] + b"\xff" * (len(data) - 200),
    ],
    ids=["text", "truncated", "overwritten"],
)
def test_a_corrupt_database_is_replaced(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    run(build(tmp_path))
    database = tmp_path / FILE_NAME
    database.write_bytes(damage(database.read_bytes()))
    with pytest.warns(CacheWarning, match=f"The database `.*{FILE_NAME}` was corrupt .* It was moved to"):
        assert run(build(tmp_path)) == ["numbers", "total"]
    assert run(build(tmp_path)) == []
    assert len(list(tmp_path.glob(f"{FILE_NAME}.corrupt-*"))) == 1


def test_an_empty_database_is_a_new_one(tmp_path: Path) -> None:
    run(build(tmp_path))
    (tmp_path / FILE_NAME).write_bytes(b"")
    assert run(build(tmp_path)) == ["numbers", "total"]
    assert run(build(tmp_path)) == []


def test_a_damaged_row_is_not_believed(tmp_path: Path) -> None:
    run(build(tmp_path))
    driver = build(tmp_path)
    other = driver.cache.versions("total")[0].data_version
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        database.execute("UPDATE traces SET version = ? WHERE node = 'numbers'", (other,))
    database.close()
    assert "numbers" in run(driver)


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_of_the_database_cannot_end_a_run(tmp_path: Path, seed: int) -> None:
    run(build(tmp_path))
    damage = random.Random(seed)  # noqa: S311 - not for cryptography
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    for _ in range(damage.choice([1, 20, 200, 2_000])):
        content[damage.randrange(len(content))] = damage.randrange(256)
    if seed % 4 == 0:
        del content[damage.randrange(len(content)) :]
    (tmp_path / FILE_NAME).write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CacheWarning)
        driver = build(tmp_path)
        run(driver)
        driver.why("total")
        driver.why("total", inputs={"base": 2})
        driver.cache.versions("total")
        driver.cache.prune(10)
        driver.cache.close()


@pytest.mark.parametrize(
    ("column", "damaged"), [("format", "zeroblob(3)"), ("size", "'x'"), ("checksum", "'x'"), ("used", "zeroblob(3)")]
)
def test_a_row_of_another_type_is_not_believed(tmp_path: Path, column: str, damaged: str) -> None:
    run(build(tmp_path))
    with contextlib.closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(f"UPDATE stored SET {column} = {damaged}")  # noqa: S608 - the test's own names
    assert run(build(tmp_path)) == ["numbers", "total"]
    assert run(build(tmp_path)) == []


def test_a_version_that_names_another_folder_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text("1", encoding="utf-8")
    run(build(tmp_path / "cache"))
    with contextlib.closing(sqlite3.connect(tmp_path / "cache" / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE stored SET version = '../../../kept' WHERE version = (SELECT version FROM stored LIMIT 1)")
    build(tmp_path / "cache").cache.prune()
    assert (tmp_path / "kept.json").exists()


def test_a_deleted_folder_is_created_again(tmp_path: Path) -> None:
    driver = build(tmp_path / "cache")
    driver.execute(["total"], inputs={"base": 1})
    shutil.rmtree(tmp_path / "cache")
    for _ in range(2):
        assert driver.execute(["total"], inputs={"base": 2}) == {"total": 5}
    driver.cache.close()
    assert driver.execute(["total"], inputs={"base": 3}) == {"total": 7}
    driver.cache.close()
    assert run(build(tmp_path / "cache")) == ["numbers", "total"]
    assert run(build(tmp_path / "cache")) == []


def test_a_relative_path_does_not_depend_on_a_later_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    driver = build(Path("cache"))
    monkeypatch.chdir(tmp_path / "other")
    run(driver)
    assert list((tmp_path / "other").iterdir()) == []
    assert run(build(tmp_path / "cache")) == []


def test_a_database_of_another_program_is_not_changed_into_wrong_results(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as database:
        database.execute("CREATE TABLE traces (something TEXT)")
        database.execute("CREATE TABLE stored (something TEXT)")
    database.close()
    with pytest.warns(CacheWarning, match="It was moved to"):
        assert run(build(tmp_path)) == ["numbers", "total"]


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_reported_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = build(tmp_path)
    monkeypatch.setattr(driver.cache.store.files, "write", no_space)
    with pytest.warns(CacheWarning) as caught:
        run(driver)
    (message,) = (str(warning.message) for warning in caught)
    assert message.startswith("Cannot use the cache files")
    assert "No space left on device" in message


def test_a_full_disk_under_the_database_is_reported(tmp_path: Path) -> None:
    driver = build(tmp_path)
    run(driver)
    database = driver.cache.store.database
    database.size()
    assert database._connection is not None
    database._connection.database.execute("PRAGMA max_page_count = 1")
    results: list[dict[str, Any]] = []
    with pytest.warns(CacheWarning, match="The disk that holds the cache .* is full"):
        results.extend(driver.execute(["total"], inputs={"base": base}) for base in range(200))
    assert results == [{"total": 2 * base + 1} for base in range(200)]
    driver.cache.close()


def test_a_read_only_cache_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(build(tmp_path))
    connect = sqlite3.connect

    def connect_read_only(path: Path, **options: Any) -> sqlite3.Connection:
        return connect(f"file:{path}?mode=ro", uri=True, **options)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(sqlite3, "connect", connect_read_only)
    driver = build(tmp_path)
    monkeypatch.setattr(driver.cache.store.files, "write", refuse)
    with pytest.warns(CacheWarning) as caught:
        assert [run(driver), driver.execute(["total"], inputs={"base": 5}), driver.cache.close()] == [[], {"total": 11}, None]
    messages = [str(warning.message) for warning in caught]
    assert len(messages) == 2
    assert messages[0].endswith("is read-only, so new values are not stored.")
    assert messages[1].endswith("Read-only file system. The run continues without them.")


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.warns(CacheWarning) as caught:
        assert run(build(tmp_path / "file" / "cache")) == ["numbers", "total"]
    messages = sorted(str(warning.message).partition(f" `{tmp_path}")[0] for warning in caught)
    assert messages[:2] == ["Cannot use the cache", "Cannot use the cache files in"]


def test_a_locked_database_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.caching.trace_database._BUSY_SECONDS", 0.05)
    run(build(tmp_path))
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.warns(CacheWarning, match="is locked by another process, so it was not used"):
            assert run(build(tmp_path)) == ["numbers", "total"]
    finally:
        other.close()
    assert run(build(tmp_path)) == []


def test_a_pickle_of_a_class_that_is_gone_is_computed_again(tmp_path: Path, module: Any) -> None:
    from headwater.caching.disk import DiskStore
    from headwater.caching.settings import CacheSettings
    from headwater.caching.store import Trace
    from headwater.graph.node import Node

    classes = module("classes", "import enum\nclass Color(enum.Enum):\n    RED = 1\n")
    store, node = DiskStore(CacheSettings(str(tmp_path))), Node(name="color", type=object, function=int)
    version = store.record(node, Trace("code", ()), [classes.Color.RED])
    module("classes", "")
    with pytest.warns(CacheWarning, match="cannot be used: AttributeError"), pytest.raises(KeyError):
        store.load(node, version)


def test_warnings_as_errors_stop_the_run(tmp_path: Path) -> None:
    run(build(tmp_path))
    for path in value_files(tmp_path):
        path.write_bytes(b"x")
    with warnings.catch_warnings():
        warnings.simplefilter("error", CacheWarning)
        with pytest.raises(CacheWarning):
            run(build(tmp_path))
