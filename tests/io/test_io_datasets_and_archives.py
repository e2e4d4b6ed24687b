"""Folders of files, archives and compressed files have the requested names."""

import bz2
import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder, load_from
from headwater.errors import MaterializerError
from headwater.io import to
from headwater.io.location import UnsupportedLocation

lzma = pytest.importorskip("lzma")

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pytest.importorskip("pyarrow")

PANDAS = pd.DataFrame({"rain": [0.5, 1.25, 2.0], "day": ["mon", "tue", "mon"]})
POLARS = pl.DataFrame({"rain": [0.5, 1.25, 2.0], "day": ["mon", "tue", "mon"]})


def names(folder: Path) -> list[str]:
    """Return the names in a folder, including hidden ones."""
    return sorted(path.name for path in folder.iterdir())


def save(format_: str, value: Any, path: Any, **options: Any) -> dict[str, Any]:
    def saved_value() -> Any:
        return value

    saved_value.__annotations__["return"] = type(value)
    saving = getattr(to, format_)(id="saved", dependencies=["saved_value"], path=path, **options)
    return Builder().with_functions(saved_value).build().materialize(saving)[0]["saved"]


def load(format_: str, type_: type, path: Any, **options: Any) -> Any:
    def loaded_value(data: Any) -> Any:
        return data

    loaded_value.__annotations__["data"] = type_
    loading = getattr(load_from, format_)(path=path, **options)(loaded_value)
    return Builder().with_functions(loading).build().execute(["loaded_value"])["loaded_value"]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# --- datasets ---------------------------------------------------------------------------------------------------------

DATASETS = {"pandas": (PANDAS, "partition_cols"), "polars": (POLARS, "partition_by")}


@pytest.mark.parametrize("library", DATASETS)
@pytest.mark.parametrize("name", ["data", "data/", "with space ü.parquet"])
def test_a_partitioned_dataset_is_a_folder_that_can_be_read(tmp_path, library, name):
    frame, option = DATASETS[library]
    metadata = save("parquet", frame, f"{tmp_path}/{name}", **{option: ["day"]})
    assert names(tmp_path) == [name.rstrip("/")]
    assert names(tmp_path / name) == ["day=mon", "day=tue"]
    assert metadata["file_metadata"]["size"] == sum((tmp_path / name / file).stat().st_size for file in files(tmp_path / name))
    for type_ in {
        type(frame),
        pl.DataFrame,
    }:  # pandas cannot read what polars writes: `day`, the column in the folder names, has a different type
        loaded = load("parquet", type_, f"{tmp_path}/{name}")
        assert sorted(zip(loaded["rain"], loaded["day"], strict=True)) == [(0.5, "mon"), (1.25, "tue"), (2.0, "mon")]


def test_a_tilde_is_the_home_folder_for_datasets(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    save("parquet", POLARS, "~/data", partition_by="day")
    assert len(load("parquet", pl.LazyFrame, "~/data").collect()) == 3


@pytest.mark.posix
@pytest.mark.parametrize("library", DATASETS)
def test_saving_into_a_dataset_keeps_the_other_partitions(tmp_path, library):
    frame, option = DATASETS[library]
    save("parquet", frame, tmp_path / "data", **{option: ["day"]})
    (tmp_path / "data" / "README").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to("data")
    more = type(frame)({"rain": [9.0], "day": ["wed"]})
    save("parquet", more, tmp_path / "link", **{option: ["day"]})
    assert len(load("parquet", pl.DataFrame, str(tmp_path / "data" / "*" / "*.parquet"))) == 4
    assert (tmp_path / "data" / "README").read_text(encoding="utf-8") == "mine"
    assert names(tmp_path) == ["data", "link"]


def test_pandas_adds_rows_and_polars_replaces_a_partition(tmp_path):
    for _ in range(2):
        save("parquet", PANDAS, tmp_path / "a", partition_cols=["day"])
        save("parquet", POLARS, tmp_path / "b", partition_by=["day"])
    assert len(pd.read_parquet(tmp_path / "a")) == 6
    assert len(pl.read_parquet(tmp_path / "b")) == 3


@pytest.mark.parametrize("library", DATASETS)
def test_a_failed_dataset_leaves_nothing_behind(tmp_path, library):
    frame, option = DATASETS[library]
    with pytest.raises(Exception, match="absent"):
        save("parquet", frame, tmp_path / "data", **{option: ["absent"]})
    assert names(tmp_path) == []
    save("parquet", frame, tmp_path / "data", **{option: ["day"]})
    before = files(tmp_path)
    with pytest.raises(Exception, match="absent"):
        save("parquet", frame, tmp_path / "data", **{option: ["absent"]})
    assert files(tmp_path) == before


@pytest.mark.parametrize("library", DATASETS)
def test_a_dataset_does_not_replace_a_file(tmp_path, library):
    frame, option = DATASETS[library]
    (tmp_path / "data").write_text("old", encoding="utf-8")
    with pytest.raises(NotADirectoryError) as caught:
        save("parquet", frame, tmp_path / "data", **{option: ["day"]})
    assert caught.value.strerror == "A dataset is a folder, but the path is a file"
    assert (tmp_path / "data").read_text(encoding="utf-8") == "old"
    (tmp_path / "data").unlink()
    save("parquet", frame, tmp_path / "data", **{option: ["day"]})
    with pytest.raises(IsADirectoryError) as caught:
        save("parquet", frame, tmp_path / "data")
    assert caught.value.strerror == "The path is a folder. Pass the path of a file in it"


def test_a_folder_where_the_dataset_has_a_file_is_refused_before_anything_is_moved(tmp_path):
    save("parquet", POLARS.filter(pl.col("day") == "tue"), tmp_path / "data", partition_by="day")
    (name,) = [Path(file).name for file in files(tmp_path / "data")]
    (tmp_path / "data" / "day=mon" / name).mkdir(parents=True)
    before = files(tmp_path)
    with pytest.raises(IsADirectoryError, match="Cannot write a dataset file: a folder with that path already exists"):
        save("parquet", POLARS, tmp_path / "data", partition_by="day")
    assert files(tmp_path) == before


@pytest.mark.parametrize("library", DATASETS)
def test_a_frame_without_rows_writes_an_empty_dataset(tmp_path, library):
    frame, option = DATASETS[library]
    metadata = save("parquet", frame.head(0), tmp_path / "data", **{option: ["day"]})
    assert (metadata["file_metadata"]["size"], names(tmp_path), names(tmp_path / "data")) == (0, ["data"], [])
    save("parquet", frame, tmp_path / "data", **{option: ["day"]})
    save("parquet", frame.head(0), tmp_path / "data", **{option: ["day"]})
    assert len(pl.read_parquet(tmp_path / "data")) == 3


def test_polars_creates_missing_folders_on_request(tmp_path):
    save("parquet", POLARS.lazy(), tmp_path / "a" / "b" / "c.parquet", mkdir=True)
    assert files(tmp_path) == ["a/b/c.parquet"]
    with pytest.raises(Exception, match="absent"):
        save("parquet", POLARS.lazy().select("absent"), tmp_path / "d" / "e" / "f.parquet", mkdir=True)
    assert names(tmp_path) == ["a"]


def test_lazy_saving_is_not_available(tmp_path):
    with pytest.raises(MaterializerError, match="`PolarsLazyParquetSaver` has no argument `lazy`"):
        save("parquet", POLARS.lazy(), tmp_path / "a.parquet", lazy=True)


def test_a_pattern_loads_several_files(tmp_path):
    for name in ("a1.csv", "a2.csv"):
        save("csv", POLARS, tmp_path / name)
    assert load("csv", pl.DataFrame, tmp_path / "a*.csv").height == 6
    assert load("csv", pl.LazyFrame, str(tmp_path / "a?.csv")).collect().height == 6


def test_the_script_of_an_html_page_is_saved_beside_it(tmp_path):
    figure = pytest.importorskip("plotly.graph_objects").Figure({"data": [{"type": "bar", "y": [3]}]})
    save("html", figure, tmp_path / "a.html", include_plotlyjs="directory")
    save("html", figure, tmp_path / "b.html", include_plotlyjs="directory")
    assert names(tmp_path) == ["a.html", "b.html", "plotly.min.js"]


# --- archives and compression -----------------------------------------------------------------------------------------


@pytest.mark.posix
@pytest.mark.parametrize(
    ("format_", "name", "member"),
    [
        ("csv", "out.csv.zip", "out.csv"),
        ("csv", "out.zip", "out"),
        ("json", "out.json.zip", "out.json"),
        ("pickle", "out.pkl.zip", "out.pkl"),
        ("csv", "with space ü.csv.zip", "with space ü.csv"),
        ("csv", "link.csv.zip", "link.csv"),
    ],
)
def test_the_member_of_an_archive_has_the_name_of_the_file(tmp_path, format_, name, member):
    if name.startswith("link"):
        (tmp_path / name).symlink_to("elsewhere.bin")
    save(format_, PANDAS, tmp_path / name)
    with zipfile.ZipFile(tmp_path / name) as archive:
        assert archive.namelist() == [member]


@pytest.mark.parametrize("ending", [".tar", ".tar.gz", ".tar.bz2", ".tar.xz"])
def test_the_member_of_a_tar_file_has_the_name_that_pandas_chooses(tmp_path, ending):
    save("csv", PANDAS, tmp_path / f"out.csv{ending}", index=False)
    (tmp_path / "plain").mkdir()
    PANDAS.to_csv(tmp_path / "plain" / f"out.csv{ending}", index=False)
    with (
        tarfile.open(tmp_path / f"out.csv{ending}") as actual,
        tarfile.open(tmp_path / "plain" / f"out.csv{ending}") as expected,
    ):
        assert [Path(name).name for name in actual.getnames()] == [Path(name).name for name in expected.getnames()]
    pd.testing.assert_frame_equal(load("csv", pd.DataFrame, tmp_path / f"out.csv{ending}"), PANDAS)


OPENERS = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


@pytest.mark.parametrize("ending", OPENERS)
@pytest.mark.parametrize("format_", ["csv", "json", "pickle"])
def test_the_suffix_selects_the_compression(tmp_path, ending, format_):
    path = tmp_path / f"out.{format_}{ending}"
    save(format_, PANDAS, path)
    with OPENERS[ending](path) as file:
        assert len(file.read()) > 20
    assert load(format_, pd.DataFrame, path)["day"].tolist() == ["mon", "tue", "mon"]


@pytest.mark.parametrize(
    ("ending", "magic"), [(".gz", b"\x1f\x8b"), (".zst", b"\x28\xb5\x2f\xfd"), (".GZ", b"\x1f\x8b"), ("", b"rain")]
)
@pytest.mark.parametrize("frame", [POLARS, POLARS.lazy()])
def test_the_suffix_selects_the_compression_of_polars(tmp_path, ending, magic, frame):
    path = tmp_path / f"out.csv{ending}"
    save("csv", frame, path)
    assert path.read_bytes().startswith(magic)
    assert load("csv", pl.DataFrame, path).equals(POLARS)


@pytest.mark.parametrize("ending", [".zip", ".bz2", ".xz", ".tar.gz"])
def test_a_suffix_that_polars_does_not_support_is_refused(tmp_path, ending):
    path = tmp_path / f"out.csv{ending}"
    with pytest.raises(UnsupportedLocation) as caught:
        save("csv", POLARS, path)
    assert str(caught.value) == (
        f"polars compresses CSV files only with gzip (`.gz`) or zstd (`.zst`), but `path` is {str(path)!r}. "
        "Change the suffix, or pass `check_extension=False` to write an uncompressed file with this name."
    )
    assert names(tmp_path) == []
    save("csv", POLARS, path, check_extension=False)
    assert path.read_bytes().startswith(b"rain")


# --- modes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["", ".gz", ".bz2", ".xz"])
def test_csv_files_are_appended_to(tmp_path, ending):
    path = tmp_path / f"out.csv{ending}"
    for header in (True, False, False):
        save("csv", PANDAS, path, mode="a", header=header, index=False)
    assert load("csv", pd.DataFrame, path)["rain"].tolist() == [0.5, 1.25, 2.0] * 3
    assert names(tmp_path) == [path.name]


def test_lines_of_json_are_appended_to(tmp_path):
    path = tmp_path / "out.jsonl"
    for _ in range(2):
        save("json", PANDAS, path, mode="a", lines=True, orient="records")
    assert len(load("json", pd.DataFrame, path, lines=True)) == 6


def test_a_series_is_appended_to(tmp_path):
    for _ in range(2):
        save("csv", PANDAS["rain"], tmp_path / "out.csv", mode="a", header=False, index=False)
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").split() == ["0.5", "1.25", "2.0"] * 2


@pytest.mark.parametrize(
    ("format_", "name", "options", "text"),
    [
        ("json", "a.json", {"mode": "a"}, "mode='a' (append) is only supported when lines is True and orient is 'records'"),
        ("csv", "a.csv", {"mode": "a", "columns": ["absent"]}, "['absent']"),
        ("csv", "a.csv", {"mode": "x"}, "Mode 'x' creates only new files, but this file already exists"),
        ("json", "a.json", {"mode": "x"}, "Mode 'x' creates only new files, but this file already exists"),
        ("csv", "a.csv", {"mode": "r+"}, "`mode` must be 'w' (replace), 'a' (append) or 'x' (create), not 'r+'."),
        ("csv", "a.zip", {"mode": "a"}, "Cannot append to a zip or tar archive."),
        ("csv", "a.TAR.GZ", {"mode": "a"}, "Cannot append to a zip or tar archive."),
        ("csv", "a.csv", {"mode": "a", "compression": "zip"}, "Cannot append to a zip or tar archive."),
        ("csv", "a.csv", {"mode": "a", "compression": {"method": "tar"}}, "Cannot append to a zip or tar archive."),
    ],
)
def test_a_refused_append_or_creation_leaves_the_file_unchanged(tmp_path, format_, name, options, text):
    (tmp_path / name).write_bytes(b"old")
    before = (tmp_path / name).stat()
    with pytest.raises(Exception, match=r".+") as caught:
        save(format_, PANDAS, tmp_path / name, **options)
    assert text in str(caught.value)
    after = (tmp_path / name).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (names(tmp_path), (tmp_path / name).read_bytes()) == ([name], b"old")


def test_an_archive_in_a_buffer_is_not_appended_to():
    with pytest.raises(UnsupportedLocation, match="Cannot append to a zip or tar archive"):
        save("csv", PANDAS, io.BytesIO(), mode="a", compression="zip")


def test_a_new_file_is_created_once(tmp_path):
    save("csv", PANDAS, tmp_path / "a.csv", mode="x", index=False)
    with pytest.raises(FileExistsError):
        save("csv", PANDAS.head(1), tmp_path / "a.csv", mode="x", index=False)
    assert len(pd.read_csv(tmp_path / "a.csv")) == 3


@pytest.mark.parametrize("format_", ["text", "json", "pickle", "bytes"])
def test_a_mode_is_refused_by_formats_without_one(tmp_path, format_):
    value = b"" if format_ == "bytes" else "a"
    with pytest.raises(MaterializerError, match="has no argument `mode`"):
        save(format_, value, tmp_path / "a", mode="a")


# --- empty frames -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["csv", "json", "excel", "feather", "parquet", "pickle"])
def test_a_pandas_frame_without_rows_is_saved(tmp_path, format_):
    path = tmp_path / "empty.xlsx"
    metadata = save(format_, PANDAS.head(0), path)
    assert metadata["dataframe_metadata"]["rows"] == 0
    assert load(format_, pd.DataFrame, path).empty


@pytest.mark.parametrize("format_", ["csv", "json", "feather", "parquet"])
def test_a_polars_frame_without_rows_is_saved(tmp_path, format_):
    metadata = save(format_, POLARS.head(0), tmp_path / "empty")
    assert metadata["dataframe_metadata"]["rows"] == 0
    assert load(format_, pl.DataFrame, tmp_path / "empty").is_empty()
