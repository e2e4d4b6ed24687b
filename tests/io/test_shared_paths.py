"""Two savers in one run never overwrite each other."""

import io
import os
from collections.abc import Callable
from typing import Any

import pytest

from headwater import Builder, Parallelizable, configuration, save_to, source, value
from headwater.driver import Driver
from headwater.errors import RequestError
from headwater.io import to

pd = pytest.importorskip("pandas")


def first() -> str:
    return "first"


def second() -> str:
    return "second"


def frame() -> pd.DataFrame:
    return pd.DataFrame({"a": [1], "b": ["x"]})


DRIVER = Builder().with_functions(first, second, frame).build()


def run(path: Any, other: Any) -> None:
    DRIVER.materialize(
        to.text(id="one", dependencies=[first], path=path),
        to.json(id="other", dependencies=[second], path=other),
    )


@pytest.mark.posix
@pytest.mark.parametrize(
    "spelled",
    [
        lambda path: path,
        str,
        lambda path: f"{path.parent}/./x/../{path.name}",
        lambda path: f"~/{path.name}",
        lambda path: f"file://{path}",
        lambda path: path.with_name("link"),
        os.path.relpath,
    ],
)
def test_two_savers_to_one_path_are_refused_before_anything_runs(tmp_path, monkeypatch, spelled: Callable[[Any], Any]):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "x").mkdir()
    (tmp_path / "link").symlink_to("a.txt")
    path = tmp_path / "a.txt"
    with pytest.raises(RequestError) as caught:
        run(path, spelled(path))
    savers = [f"`{name}` ({location})" for name, location in zip(("one", "other"), caught.value.locations, strict=True)]
    assert str(caught.value) == (
        f"{savers[0]} and {savers[1]} save to the same file, {str(path.resolve())!r}: one would overwrite the other. Give each "
        "saver its own path, or run them one after the other."
    )
    assert not path.exists()


def test_validation_refuses_them_too(tmp_path):
    savers = [to.text(id=name, dependencies=[first], path=tmp_path / "a") for name in ("one", "other")]
    with pytest.raises(RequestError, match="save to the same file"):
        DRIVER.validate_materialization(*savers)
    DRIVER.validate_materialization(savers[0])


def test_drawing_refuses_them_too(tmp_path):
    savers = [to.text(id=name, dependencies=[first], path=tmp_path / "saved.txt") for name in ("one", "other")]
    with pytest.raises(RequestError, match="save to the same file"):
        DRIVER.visualize_materialization(*savers)
    DRIVER.visualize_materialization(*savers, bypass_validation=True)


def test_two_savers_to_one_url_are_refused():
    savers = [to.csv(id=name, dependencies=[frame], path="s3://bucket/a.csv") for name in ("one", "other")]
    with pytest.raises(RequestError, match=r"save to the same file, 's3://bucket/a\.csv'"):
        DRIVER.validate_materialization(*savers)


def decorated(path: Any) -> Driver[dict[str, Any]]:
    @save_to.text(path=path, output_name_="one")
    def letters() -> str:
        return "a"

    @save_to.text(path=configuration("path"), output_name_="other")
    def digits() -> str:
        return "1"

    return Builder().with_functions(letters, digits).with_config({"path": path}).build()


def test_decorators_are_checked_if_both_are_requested(tmp_path):
    driver = decorated(tmp_path / "a")
    with pytest.raises(RequestError, match="save to the same file"):
        driver.execute(["one", "other"])
    driver.execute(["one"])
    driver.execute(["other"])
    driver.execute(["one", "one", "digits"])
    assert (tmp_path / "a").read_text(encoding="utf-8") == "a"


def test_different_paths_devices_and_buffers_are_allowed(tmp_path):
    run(tmp_path / "a", tmp_path / "b")
    buffer = io.StringIO()
    run(buffer, buffer)
    assert buffer.getvalue() == 'first"second"'


@pytest.mark.posix
@pytest.mark.native
def test_two_savers_may_write_to_one_device():
    run("/dev/null", "/dev/null")


def test_savers_that_both_append_may_share_a_file(tmp_path):
    options = {"path": tmp_path / "a.csv", "header": False, "index": False}
    DRIVER.materialize(
        to.csv(id="one", dependencies=[frame], mode="a", **options),
        to.csv(id="other", dependencies=[frame], mode="a", **options),
    )
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "1,x\n1,x\n"
    with pytest.raises(RequestError, match="save to the same file"):
        DRIVER.materialize(
            to.csv(id="one", dependencies=[frame], mode="a", **options),
            to.csv(id="other", dependencies=[frame], **options),
        )
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "1,x\n1,x\n"


def test_several_savers_may_add_to_a_dataset_of_pandas(tmp_path):
    pytest.importorskip("pyarrow")
    DRIVER.materialize(
        *(to.parquet(id=name, dependencies=[frame], path=tmp_path / "a", partition_cols=["b"]) for name in ("one", "other"))
    )
    assert len(pd.read_parquet(tmp_path / "a")) == 2


def test_a_path_known_only_during_the_run_is_not_compared(tmp_path):
    """Each file is complete, and the last saver wins."""
    driver = Builder().with_functions(first, second).build()
    driver.materialize(
        to.text(id="one", dependencies=[first], path=source("where")),
        to.text(id="other", dependencies=[second], path=source("where")),
        inputs={"where": tmp_path / "a"},
    )
    assert (tmp_path / "a").read_text(encoding="utf-8") in ("first", "second")


@pytest.mark.posix
def test_an_invalid_path_is_reported_by_the_saver(tmp_path):
    (tmp_path / "one").symlink_to("one")
    with pytest.raises(OSError, match=r"(?i)symbolic link"):
        run(tmp_path / "one", tmp_path / "one")


# --- savers that are called for each element ----------------------------------------------------------------------------


def number() -> Parallelizable[int]:
    return [1, 2, 3]


def test_a_saver_for_each_element_needs_a_path_for_each_element(tmp_path):
    def path(number: int) -> str:
        return str(tmp_path / f"{number}.json")

    @save_to.json(path=source("path"), output_name_="saved")
    def square(number: int) -> int:
        return number * number

    saved = Builder().with_functions(number, path, square).build().execute(["saved"])["saved"]
    assert len(saved) == 3
    assert [(tmp_path / f"{name}.json").read_text() for name in (1, 2, 3)] == ["1", "4", "9"]


def test_a_saver_for_each_element_to_one_path_is_refused_before_anything_runs(tmp_path):
    path = tmp_path / "a.json"

    @save_to.json(path=value(path), output_name_="saved")
    def square(number: int) -> int:
        return number * number

    driver = Builder().with_functions(number, square).build()
    with pytest.raises(RequestError) as caught:
        driver.execute(["saved"])
    assert "`saved` (" in str(caught.value)
    assert (
        f"is called for each element of `number` and always saves to the same file, {str(path.resolve())!r}. Only the value of "
        "the last element would remain."
    ) in str(caught.value)
    assert not path.exists()


def test_savers_for_each_element_may_share_a_file_to_which_they_append(tmp_path):
    @save_to.csv(path=value(tmp_path / "a.csv"), mode=value("a"), header=value(False), index=value(False), output_name_="saved")
    def row(number: int) -> pd.DataFrame:
        return pd.DataFrame({"number": [number]})

    Builder().with_functions(number, row).build().execute(["saved"])
    assert (tmp_path / "a.csv").read_text().split() == ["1", "2", "3"]
