"""Snapshots of failed calls: attached to exceptions, and saved as files."""

from __future__ import annotations

import contextlib
import gc
import json
import pickle
import random
import threading
import weakref
import zipfile
from collections.abc import Iterator
from concurrent import futures
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest

from headwater import Builder, extract_fields
from headwater.errors import SnapshotError
from headwater.hooks import ContinueOnError, ErrorSnapshots, Policy, Retry, Snapshot
from headwater.hooks.reproduction import describe_snapshot, rerun_snapshot
from headwater.hooks.snapshot_files import read_call, read_details

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def total() -> float:
    return 9.0


def mean(total: float, count: int = 0) -> float:
    return total / count


class Strict(Exception):
    """An exception to which no attributes can be added."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)


class Unprintable(Exception):
    def __str__(self) -> str:
        raise OSError


def failure(*functions: Callable[..., Any], output: str = "mean", hooks: tuple[Any, ...] = (), **inputs: Any) -> Any:
    """Return the exception from a run with snapshots."""
    driver = Builder().with_functions(*functions).with_hooks(*hooks, ErrorSnapshots()).build()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the test checks the exception
        driver.execute([output], inputs=inputs)
    return caught.value


def test_the_exception_has_the_failed_call() -> None:
    snapshot = failure(total, mean).snapshot
    assert isinstance(snapshot, Snapshot)
    assert snapshot.call.node.name == "mean"
    assert snapshot.call.named == {"total": 9.0, "count": 0}


def test_a_saved_call_can_be_described_and_run_again(tmp_path: Path) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    described = describe_snapshot(tmp_path / "error.snapshot")
    assert described.splitlines()[0].endswith("raised ZeroDivisionError: float division by zero")
    assert described.splitlines()[1:] == ["called with", "  total = 9.0", "  count = 0"]
    reproduction = rerun_snapshot(tmp_path / "error.snapshot")
    assert reproduction.is_reproduced
    assert str(reproduction).splitlines()[0] == "Traceback (most recent call last):"
    assert str(reproduction).splitlines()[-1] == "Reproduced."
    assert "reproduction.py" not in str(reproduction)


def test_the_file_has_the_function_the_environment_and_the_traceback(tmp_path: Path) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    details = read_details(tmp_path / "error.snapshot")
    assert (details.node, details.module, details.error) == ("mean", __name__, "ZeroDivisionError")
    assert details.source == "def mean(total: float, count: int = 0) -> float:\n    return total / count\n"
    assert details.environment.packages["pytest"] == pytest.__version__
    assert details.environment.differences() == []
    assert details.traceback.splitlines()[-1] == "ZeroDivisionError: float division by zero"
    assert "in mean" in details.traceback
    assert "headwater" not in details.traceback.replace(__file__, "")


def test_a_decorated_function_can_be_run_again(tmp_path: Path) -> None:
    error = failure(parts, output="height")
    error.snapshot.save(tmp_path / "error.snapshot")
    reproduction = rerun_snapshot(tmp_path / "error.snapshot")
    assert error.snapshot.call.node.name == "height"
    assert reproduction.is_reproduced


@extract_fields({"width": int, "height": int})
def parts() -> dict[str, int]:
    return {"width": 1}


def test_the_snapshot_is_the_last_attempt_inside_a_retry() -> None:
    attempts: list[int] = []

    def flaky() -> int:
        attempts.append(1)
        raise OSError(len(attempts))

    error = failure(flaky, output="flaky", hooks=(Retry(sleep=lambda _: None),))
    assert error.args == (3,)
    assert (error.snapshot.error, error.snapshot.message) == ("OSError", "3")


def test_the_innermost_call_counts() -> None:
    inner = Builder().with_functions(total, mean).with_hooks(ErrorSnapshots()).build()

    def outer() -> float:
        return inner.execute(["mean"])["mean"]

    assert failure(outer, output="outer").snapshot.call.node.name == "mean"


def test_failures_of_a_run_that_continues_have_snapshots() -> None:
    hook = ContinueOnError()
    Builder().with_functions(total, mean).build().execute(["mean"], hooks=[hook, ErrorSnapshots()])
    assert hook.failures.errors["mean"].snapshot.call.node.name == "mean"  # type: ignore[attr-defined]


@pytest.mark.native
def test_an_exception_from_another_process_has_a_snapshot() -> None:
    with futures.ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        builder = Builder().with_functions(total, mean).with_hooks(ErrorSnapshots()).with_policy(Policy(executor=pool))
        with pytest.raises(ZeroDivisionError) as caught:
            builder.build().execute(["mean"])
    assert caught.value.snapshot.call.named == {"total": 9.0, "count": 0}  # type: ignore[attr-defined]


def test_an_exception_that_refuses_attributes_is_raised_unchanged() -> None:
    def broken() -> int:
        raise Strict("no")

    error = failure(broken, output="broken")
    assert isinstance(error, Strict)
    assert not hasattr(error, "snapshot")


def unprintable() -> int:
    raise Unprintable


class Unreadable(Exception):
    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)


class Unwritable(Exception):
    def __setattr__(self, name: str, value: object) -> None:
        raise RuntimeError(name)


@pytest.mark.parametrize("error", [Unreadable, Unwritable])
def test_an_exception_whose_attributes_raise_is_raised_unchanged(error: type[Exception]) -> None:
    def broken() -> int:
        raise error

    with pytest.raises(error):
        Builder().with_functions(broken).build().execute(["broken"], hooks=[ErrorSnapshots(), Retry(attempts=2, delay=0)])


def test_an_exception_that_is_raised_again_has_the_latest_call() -> None:
    same = ValueError("same object")

    def broken(value: int) -> int:
        raise same

    driver = Builder().with_functions(broken).build()
    for value in (1, 2):
        with pytest.raises(ValueError, match="same object"):
            driver.execute(["broken"], inputs={"value": value}, hooks=[ErrorSnapshots()])
        assert same.snapshot.call.named == {"value": value}  # type: ignore[attr-defined]


def test_an_exception_without_text_can_be_saved(tmp_path: Path) -> None:
    failure(unprintable, output="unprintable").snapshot.save(tmp_path / "error.snapshot")
    assert "<its str() raised OSError>" in describe_snapshot(tmp_path / "error.snapshot")
    assert rerun_snapshot(tmp_path / "error.snapshot").is_reproduced


def lock_user(lock: Any) -> int:
    raise ValueError("locked")


def test_an_argument_that_cannot_be_pickled_is_named(tmp_path: Path) -> None:
    error = failure(lock_user, output="lock_user", lock=threading.Lock())
    with pytest.raises(SnapshotError, match="`lock_user` cannot be saved: its argument `lock` cannot be pickled"):
        error.snapshot.save(tmp_path / "error.snapshot")
    assert list(tmp_path.iterdir()) == []


FIXED: list[int] = []


def fixable() -> int:
    if FIXED:
        return 7
    raise ValueError("not yet")


def test_a_function_that_no_longer_fails_is_not_reproduced(tmp_path: Path) -> None:
    failure(fixable, output="fixable").snapshot.save(tmp_path / "error.snapshot")
    FIXED.append(1)
    try:
        reproduction = rerun_snapshot(tmp_path / "error.snapshot")
    finally:
        FIXED.clear()
    assert not reproduction.is_reproduced
    assert str(reproduction) == "Not reproduced: the function returned 7."


def test_another_exception_is_not_a_reproduction(tmp_path: Path) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    change_details(tmp_path / "error.snapshot", message="another", source="def mean(): ...\n")
    reproduction = rerun_snapshot(tmp_path / "error.snapshot")
    assert str(reproduction).startswith("The source of the function has changed.\n")
    assert str(reproduction).endswith("Not reproduced: the function raised a different exception.")


def test_other_versions_are_listed(tmp_path: Path) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    environment = {"python": "3.0.1", "platform": "VMS", "packages": {"pytest": "1.0", "lost-package": "2.0"}}
    change_details(tmp_path / "error.snapshot", environment=environment)
    lines = describe_snapshot(tmp_path / "error.snapshot").splitlines()
    start = lines.index("The environment has changed:")
    assert lines[start + 1].startswith("  Python 3.0.1, now 3.")
    assert lines[start + 2].startswith("  VMS, now ")
    assert lines[start + 3 :] == [f"  pytest 1.0, now {pytest.__version__}", "  lost-package 2.0, now not installed"]


# --- untrusted files ------------------------------------------------------------------------------------------------


class Bomb:
    """Fails the test when its pickle is loaded."""

    def __reduce__(self) -> tuple[Any, ...]:
        return explode, ()


def explode() -> None:
    raise AssertionError("code of the file was run")


def change_details(path: Path, **changes: Any) -> None:
    """Replace some details of a snapshot file."""
    with zipfile.ZipFile(path) as archive:
        content = json.loads(archive.read("details.json"))
        call = archive.read("call.pickle")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("details.json", json.dumps({**content, **changes}))
        archive.writestr("call.pickle", call)


def test_describing_a_file_runs_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "error.snapshot"
    failure(total, mean).snapshot.save(path)
    with zipfile.ZipFile(path) as archive:
        details = archive.read("details.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("details.json", details)
        archive.writestr("call.pickle", pickle.dumps((Bomb(), ())))
    assert "called with" in describe_snapshot(path)
    with pytest.raises(SnapshotError, match=r"The call to `mean` cannot be loaded: AssertionError: code of the file was run"):
        rerun_snapshot(path)


def test_control_characters_are_escaped(tmp_path: Path) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    change_details(tmp_path / "error.snapshot", message="\x1b]0;title\x07 \x9b31m")
    assert r"\x1b]0;title\x07 \x9b31m" in describe_snapshot(tmp_path / "error.snapshot")


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"node": 3},
        {"arguments": ["a"]},
        {"arguments": {"a": 1}},
        {"paths": [1]},
        {"main": 1},
        {"environment": None},
        {"environment": {"python": "3"}},
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    failure(total, mean).snapshot.save(tmp_path / "error.snapshot")
    change_details(tmp_path / "error.snapshot", **changes)
    with pytest.raises(SnapshotError, match="is not a snapshot from this version of Headwater"):
        read_details(tmp_path / "error.snapshot")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(SnapshotError, match="is not a snapshot"):
        read_details(tmp_path / "file")


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_is_refused_or_read(tmp_path: Path, seed: int) -> None:
    failure(total, mean).snapshot.save(tmp_path / "file")
    content = bytearray((tmp_path / "file").read_bytes())
    damage = random.Random(seed)  # noqa: S311 - not for cryptography
    for _ in range(10):
        content[damage.randrange(len(content))] = damage.randrange(256)
    if seed % 2:
        del content[damage.randrange(len(content)) :]
    (tmp_path / "file").write_bytes(content)
    for read in (read_details, read_call):
        with contextlib.suppress(SnapshotError):
            read(tmp_path / "file")


def test_an_archive_of_other_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        archive.writestr("details.json", "[" * 100_000)
    with pytest.raises(SnapshotError, match="is not a snapshot"):
        read_details(tmp_path / "file")
    with pytest.raises(SnapshotError, match="is not a snapshot"):
        rerun_snapshot(tmp_path / "file")


def test_details_that_expand_too_much_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "file", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("details.json", b" " * 10_000_001)
    with pytest.raises(SnapshotError, match="larger than 10,000,000 bytes"):
        read_details(tmp_path / "file")


# --- values and memory ----------------------------------------------------------------------------------------------


def test_an_exception_with_a_snapshot_is_freed_without_the_garbage_collector() -> None:
    class Big:
        pass

    def broken(value: Any) -> int:
        raise ValueError("no")

    named: list[list[str]] = []

    def run() -> weakref.ref[Big]:
        value = Big()
        try:
            driver.execute(["broken"], inputs={"value": value}, hooks=[ErrorSnapshots()])
        except ValueError as error:
            named.append(list(error.snapshot.call.named))  # type: ignore[attr-defined]
        return weakref.ref(value)

    driver = Builder().with_functions(broken).build()
    gc.disable()
    try:
        assert run()() is None
        assert named == [["value"]]
    finally:
        gc.enable()


def numbers_of() -> Iterator[int]:
    yield from (1, 2)


def first(numbers_of: Iterator[int]) -> int:
    raise ValueError(next(numbers_of))


def test_a_generator_cannot_be_saved(tmp_path: Path) -> None:
    error = failure(numbers_of, first, output="first")
    assert str(error) == "1"
    with pytest.raises(SnapshotError, match="its argument `numbers_of` cannot be pickled"):
        error.snapshot.save(tmp_path / "error.snapshot")
