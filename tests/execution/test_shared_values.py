"""Arrays and frames reach process pools through shared memory."""

from __future__ import annotations

import gc
import pickle
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, Collect, Parallelizable
from headwater.execution import shared_values
from headwater.execution.batches import ElementBatch
from headwater.execution.delivery import deliver_batch
from headwater.execution.middleware import Attempt
from headwater.execution.shared_values import (
    MAX_SHARED_CALLS,
    MIN_RESULT_SIZE,
    MIN_SIZE,
    SharedResult,
    SharedValues,
    load,
    runs_on_this_computer,
    written,
)
from headwater.execution.sharing_pool import SharingPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")

pytestmark = pytest.mark.native  # a browser has no processes

COUNT = MIN_RESULT_SIZE // 8


def large() -> Any:
    return np.arange(COUNT, dtype="float64")


def frame(large: Any) -> pd.DataFrame:
    return pd.DataFrame({"number": large, "text": ["a", "b"] * (COUNT // 2)})


def total(large: Any) -> float:
    large[0] = 1.0  # the function has its own copy
    return float(large.sum())


def other_total(large: Any) -> float:
    return float(large.sum())


def rows(frame: pd.DataFrame) -> int:
    return len(frame)


def position() -> Parallelizable[int]:
    return range(100)


def item(position: int, large: Any) -> float:
    return float(large[position])


def part(position: int) -> Any:
    return np.full(COUNT, position, dtype="float64")


def first(part: Any) -> float:
    return float(part[0])


def first_total(first: Collect[float]) -> float:
    return sum(first)


class WatchedPool(ProcessPoolExecutor):
    """A process pool that records the size of the work that it sends."""

    def __init__(self) -> None:
        super().__init__(2)
        self.sizes: list[int] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.sizes.append(len(pickle.dumps(arguments)))
        return super().submit(function, *arguments, **named)


@pytest.fixture(scope="module")
def pool() -> Iterator[WatchedPool]:
    with WatchedPool() as pool:
        yield pool


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which runs create their folders."""
    monkeypatch.setattr(shared_values, "_SHARED_MEMORY", tmp_path)
    return tmp_path


def test_arguments_and_results_are_not_sent_through_the_pipe(pool: WatchedPool, folder: Path) -> None:
    pool.sizes.clear()
    driver = Builder().with_functions(large, frame, total, other_total, rows).with_executor(pool).build()
    values = driver.execute(["total", "other_total", "rows", "frame"])
    expected = sum(range(COUNT))
    assert (values["total"], values["other_total"], values["rows"]) == (expected + 1, expected, COUNT)
    pd.testing.assert_frame_equal(values["frame"], frame(large()))
    assert max(pool.sizes) < MIN_RESULT_SIZE / 10
    assert list(folder.iterdir()) == []


def test_an_argument_of_all_elements_is_not_sent_through_the_pipe(pool: WatchedPool, folder: Path) -> None:
    pool.sizes.clear()
    driver = Builder().with_functions(large, position, item).with_executor(pool).build()
    assert driver.execute(["item"]) == {"item": [float(number) for number in range(100)]}
    assert max(pool.sizes) < MIN_RESULT_SIZE / 10
    assert list(folder.iterdir()) == []


def test_large_elements_and_their_values_use_shared_memory(pool: WatchedPool, folder: Path) -> None:
    driver = Builder().with_functions(position, part, first, first_total).with_executor(pool).build()
    values = driver.execute(["part", "first_total"])
    assert values["first_total"] == sum(range(100))
    assert [array[-1] for array in values["part"]] == list(range(100))
    values["part"][3][0] = 7.0  # the arrays belong to the caller
    assert list(folder.iterdir()) == []


def test_nothing_is_left_after_a_failure(pool: WatchedPool, folder: Path) -> None:
    def failing(large: Any) -> float:
        raise ValueError(large[1])

    driver = Builder().with_functions(large, failing, total).with_executor(pool).build()
    with pytest.raises(Exception, match=r"1\.0|pickle"):
        driver.execute(["failing", "total"])
    assert list(folder.iterdir()) == []


def test_values_are_sent_as_usual_if_no_file_can_be_written(
    pool: WatchedPool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shared_values.tempfile, "mkstemp", full)
    driver = Builder().with_functions(large, other_total).with_executor(pool).build()
    assert driver.execute(["other_total"], overrides={"large": large()}) == {"other_total": sum(range(COUNT))}


@pytest.mark.parametrize(
    "value",
    [
        np.arange(10),
        np.arange(24).reshape(4, 6).T,
        np.arange(20)[::2],
        np.array([{1}, "a"]),
        pd.DataFrame({"a": [1], "b": ["x"]}),
    ],
    ids=["array", "transposed", "strided", "objects", "frame"],
)
def test_a_written_value_is_loaded_unchanged(value: Any, tmp_path: Path) -> None:
    path = written(value, str(tmp_path))
    assert path is not None
    loaded = load(path)
    assert type(loaded) is type(value)
    assert pickle.dumps(loaded) == pickle.dumps(value)


def test_a_file_is_deleted_with_the_last_reference(folder: Path) -> None:
    values = SharedValues()
    array = large()
    (shared,), (again,) = values.of([array]), values.of([array])
    assert shared is again
    (path,) = Path(values.folder).iterdir()
    assert (pickle.loads(pickle.dumps(shared)) == array).all()  # noqa: S301 - the test's own data
    del shared, again
    gc.collect()
    assert not path.exists()
    values.close()


class RecordingPool(Executor):
    """An executor that records the calls that it would send, and makes none."""

    sent: ElementBatch

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.sent = arguments[-1]
        return Future()


SHARED = [np.zeros(MIN_SIZE), np.ones(MIN_SIZE), "small"]
"""Two values that are shared, and one that is not."""


def kind_of(value: Any) -> Any:
    return value if isinstance(value, str) else float(value[-1])


@given(
    st.lists(
        st.tuples(st.sampled_from(range(3)), st.sampled_from(range(3))),
        min_size=MAX_SHARED_CALLS + 1,
        max_size=3 * MAX_SHARED_CALLS,
    )
)
@settings(max_examples=settings.default.max_examples // 2)
def test_each_call_of_a_batch_gets_its_own_arguments(indices: list[tuple[int, int]]) -> None:
    """In particular, if the first and the last call get the same array, and a call between them does not."""
    node = Builder().with_functions(total).build().graph.nodes["total"]
    values = SharedValues()
    pool = RecordingPool()
    rows = [tuple(SHARED[index] for index in row) for row in indices]
    SharingPool(pool, values, ()).submit(deliver_batch, Attempt([], ()), ElementBatch(node, total, 0, rows))
    received = pickle.loads(pickle.dumps(pool.sent.rows))  # noqa: S301 - the test's own data
    values.close()
    assert [[str(value)[:3] for value in row] for row in received] == [
        [str(SHARED[index])[:3] for index in row] for row in indices
    ]


def test_small_values_and_other_types_are_sent_as_they_are(folder: Path) -> None:
    values = SharedValues()
    small = (np.arange(10), "a" * (2 * MIN_RESULT_SIZE), [1], None)
    assert all(sent is value for sent, value in zip(values.of(small), small, strict=True))
    assert pickle.loads(pickle.dumps(SharedResult(3, values.folder))) == 3  # noqa: S301 - the test's own data
    values.close()
    assert list(folder.iterdir()) == []


def test_only_process_pools_are_certain_to_be_on_this_computer(pool: WatchedPool) -> None:
    loky = pytest.importorskip("loky")
    assert runs_on_this_computer(pool)
    assert runs_on_this_computer(loky.get_reusable_executor(1))
    with ThreadPoolExecutor(1) as threads:
        assert not runs_on_this_computer(threads)
