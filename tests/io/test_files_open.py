"""Every format accepts an open file or buffer instead of a path, or its error explains why it does not."""

import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from headwater import Builder, load_from
from headwater.errors import HeadwaterError, MaterializerError
from headwater.io import OpenFile, file_metadata, to
from headwater.io.files import write_all
from headwater.io.location import UnsupportedLocation, is_remote, is_text, local_path

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
np = pytest.importorskip("numpy")
yaml = pytest.importorskip("yaml")


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


def is_equal(left: Any, right: Any) -> bool:
    if isinstance(left, pl.LazyFrame):
        left, right = left.collect(), right.collect()
    return bool(left.equals(right)) if hasattr(left, "equals") else bool(np.all(left == right))


PANDAS = pd.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25]})
POLARS = pl.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25]})

TEXT_OR_BYTES = {
    "json": ("json", {"a": [1, "ü"]}, {}, {}),
    "text": ("text", "a\r\nü\n", {}, {}),
    "file": ("file", "a\nü", {}, {}),
    "yaml": ("yaml", {"a": [1, "ü"]}, {}, {}),
    "pandas csv": ("csv", PANDAS, {"index": False}, {}),
    "pandas json": ("json", PANDAS, {"orient": "records"}, {}),
    "polars csv": ("csv", POLARS, {}, {}),
    "polars json": ("json", POLARS, {}, {}),
    "lazy csv": ("csv", POLARS.lazy(), {}, {}),
}
BYTES = {
    "bytes": ("bytes", b"a\x00b", {}, {}),
    "bytes as file": ("file", b"a\x00b", {}, {}),
    "pickle": ("pickle", {1, 2}, {}, {}),
    "npy": ("npy", np.array([1.5, 2.5]), {}, {}),
    "pandas excel": ("excel", PANDAS, {"index": False}, {}),
    "pandas feather": ("feather", PANDAS, {}, {}),
    "pandas parquet": ("parquet", PANDAS, {}, {}),
    "pandas pickle": ("pickle", PANDAS, {}, {}),
    "polars excel": ("excel", POLARS, {}, {}),
    "polars feather": ("feather", POLARS, {}, {}),
    "polars parquet": ("parquet", POLARS, {}, {}),
    "lazy feather": ("feather", POLARS.lazy(), {}, {}),
    "lazy parquet": ("parquet", POLARS.lazy(), {}, {}),
}
ALL = TEXT_OR_BYTES | BYTES


@pytest.mark.parametrize("case", ALL)
def test_a_buffer_of_bytes_is_written_and_read_and_stays_open(case):
    format_, value, saving, loading = ALL[case]
    buffer = io.BytesIO()
    metadata = save(format_, value, buffer, **saving)
    assert not buffer.closed
    assert buffer.tell() == len(buffer.getvalue()) > 0
    assert json.loads(json.dumps(metadata))["file_metadata"]["path"] is None
    buffer.seek(0)
    assert is_equal(load(format_, type(value), buffer, **loading), value)
    assert not buffer.closed


@pytest.mark.parametrize("case", TEXT_OR_BYTES)
def test_a_buffer_of_text_is_written_and_read_and_stays_open(case):
    format_, value, saving, loading = TEXT_OR_BYTES[case]
    buffer = io.StringIO(newline="")
    save(format_, value, buffer, **saving)
    assert buffer.tell() == len(buffer.getvalue()) > 0
    buffer.seek(0)
    assert is_equal(load(format_, type(value), buffer, **loading), value)
    assert not buffer.closed


@pytest.mark.parametrize("case", BYTES)
def test_a_file_opened_as_text_is_refused_by_binary_formats(case, tmp_path):
    format_, value, saving, loading = BYTES[case]
    text = f"`{format_}` is a binary format, but `path` is a file opened as text. Open it in binary mode."
    with (tmp_path / "file").open("w+", encoding="utf-8") as file:
        file.write("old")
        for action in (
            lambda: save(format_, value, file, **saving),
            lambda: load(format_, type(value), file, **loading),
        ):
            with pytest.raises(UnsupportedLocation) as caught:
                action()
            assert str(caught.value) == text
        assert isinstance(caught.value, HeadwaterError)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("case", ALL)
@pytest.mark.parametrize("buffering", [0, -1])
def test_an_open_file_is_written_at_its_position(case, tmp_path, buffering):
    format_, value, saving, loading = ALL[case]
    with (tmp_path / "file").open("w+b", buffering=buffering) as file:
        metadata = save(format_, value, file, **saving)
        assert metadata["file_metadata"]["path"] == str(tmp_path / "file")
        file.seek(0)
        assert is_equal(load(format_, type(value), file, **loading), value)
        assert not file.closed


@pytest.mark.parametrize("case", ALL)
@pytest.mark.parametrize("make", [tempfile.TemporaryFile, tempfile.NamedTemporaryFile, tempfile.SpooledTemporaryFile])
def test_temporary_files_are_open_files(case, make):
    format_, value, saving, loading = ALL[case]
    with make() as file:
        save(format_, value, file, **saving)
        file.seek(0)
        assert is_equal(load(format_, type(value), file, **loading), value)


@pytest.mark.parametrize("case", ["json", "pickle", "npy", "pandas csv", "pandas parquet", "polars csv", "polars excel"])
def test_files_that_cannot_seek_can_be_written(case, tmp_path):
    """Members of archives and compressed streams cannot seek, so formats that must seek write to memory first."""
    format_, value, saving, loading = ALL[case]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, archive.open("member", "w") as file:
        save(format_, value, file, **saving)
    content = zipfile.ZipFile(tmp_path / "a.zip").read("member")
    assert is_equal(load(format_, type(value), io.BytesIO(content), **loading), value)
    with gzip.open(tmp_path / "a.gz", "wb") as file:
        save(format_, value, file, **saving)
    with gzip.open(tmp_path / "a.gz") as file:
        assert is_equal(load(format_, type(value), file, **loading), value)


class Upload:
    """A minimal file-like object without a base class."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)


@pytest.mark.parametrize("case", ALL)
def test_an_object_with_write_is_enough(case):
    format_, value, saving, loading = ALL[case]
    upload = Upload()
    save(format_, value, upload, **saving)
    assert is_equal(load(format_, type(value), io.BytesIO(b"".join(upload.parts)), **loading), value)
    with pytest.raises(UnsupportedLocation) as caught:
        load(format_, type(value), upload, **loading)
    assert str(caught.value) == f"`path` is {upload!r}, which has no method `read`. Pass a path or an open file."


@pytest.mark.parametrize("case", ["json", "text", "yaml", "bytes", "pickle", "npy", "pandas csv", "polars csv", "lazy csv"])
def test_a_failed_write_leaves_a_buffer_unchanged(case):
    format_, value, saving, _ = ALL[case]
    wrong: dict[str, tuple[Any, dict[str, Any]]] = {
        "json": ({"a": {1}}, {}),
        "text": ("\udc80", {}),
        "yaml": ({"a": object()}, {}),
        "bytes": (b"", {}),
        "pickle": (lambda: 1, {}),
        "npy": (np.array([{}], dtype=object), {}),
        "pandas csv": (value, {**saving, "columns": ["absent"]}),
        "polars csv": (pl.DataFrame({"a": [[1]]}), {}),
        "lazy csv": (pl.LazyFrame({"a": [1]}).select("absent"), {}),
    }
    value, options = wrong[case]
    buffer: Any = io.BytesIO(b"old")
    if case == "bytes":
        buffer = io.StringIO("old")
    buffer.seek(1)
    with pytest.raises(Exception, match=r".+"):
        save(format_, value, buffer, **options)
    assert buffer.tell() == 1
    assert buffer.getvalue() in (b"old", "old")


def test_appending_to_a_buffer_writes_at_its_end():
    for buffer in (io.BytesIO(b"old\n"), io.StringIO("old\n")):
        save("csv", PANDAS, buffer, mode="a", index=False, header=False)
        assert buffer.getvalue() in (b"old\nmon,0.5\ntue,1.25\n", "old\nmon,0.5\ntue,1.25\n")


def test_without_a_mode_a_buffer_is_written_at_its_position():
    buffer = io.BytesIO(b"head;tail")
    buffer.seek(5)
    save("text", "new", buffer)
    assert buffer.getvalue() == b"head;newl"


def test_an_open_file_cannot_be_created():
    with pytest.raises(UnsupportedLocation) as caught:
        save("csv", PANDAS, io.BytesIO(), mode="x")
    assert str(caught.value) == "Mode 'x' creates a new file, but `path` is an open file. Pass the path of the new file."


@pytest.mark.parametrize(("value", "option"), [(PANDAS, "partition_cols"), (POLARS, "partition_by")])
def test_a_dataset_is_not_written_to_an_open_file(value, option):
    buffer = io.BytesIO()
    with pytest.raises(UnsupportedLocation) as caught:
        save("parquet", value, buffer, **{option: ["day"]})
    assert str(caught.value) == f"`{option}` writes a dataset, which is a folder. Pass a path, not an open file."
    assert buffer.getvalue() == b""


@pytest.mark.parametrize("make", [io.BytesIO, io.StringIO])
def test_figures_are_written_to_buffers(make):
    figure = pytest.importorskip("matplotlib.figure").Figure(figsize=(2, 1))
    page = make()
    save("html", figure, page, title="Rain")
    content = page.getvalue()
    assert (content if isinstance(content, str) else content.decode()).startswith("<!doctype html>")
    if make is io.BytesIO:
        picture = io.BytesIO()
        save("png", figure, picture)
        assert picture.getvalue().startswith(b"\x89PNG")
    plotly = pytest.importorskip("plotly.graph_objects").Figure({"data": [{"type": "bar", "y": [3]}]})
    page = make()
    save("html", plotly, page, include_plotlyjs="cdn")
    content = page.getvalue()
    assert "Plotly.newPlot" in (content if isinstance(content, str) else content.decode())


def test_an_excel_writer_collects_several_frames(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as workbook:
        metadata = save("excel", PANDAS, workbook, sheet_name="one", index=False)
        save("excel", PANDAS, workbook, sheet_name="two", index=False)
    assert metadata == {"dataframe_metadata": metadata["dataframe_metadata"]}
    with pd.ExcelFile(tmp_path / "a.xlsx") as workbook:
        assert workbook.sheet_names == ["one", "two"]
        assert is_equal(load("excel", pd.DataFrame, workbook, sheet_name="two"), PANDAS)
    with pd.ExcelWriter(tmp_path / "a.xlsx", mode="a", engine="openpyxl") as workbook:
        save("excel", PANDAS, workbook, sheet_name="three", index=False)
    assert list(pd.read_excel(tmp_path / "a.xlsx", sheet_name=None)) == ["one", "two", "three"]


@pytest.mark.parametrize("wrong", [3, object(), b"a.csv", PANDAS, ["a.csv"]])
def test_an_invalid_path_is_refused_when_the_dataflow_is_built(wrong):
    with pytest.raises(MaterializerError, match=r"`path` must be str \| PathLike\[str\] \| OpenFile, not "):
        save("csv", PANDAS, wrong)


def test_a_url_is_refused_by_formats_of_the_standard_library():
    for format_, value in [("text", "a"), ("json", [1]), ("bytes", b"a"), ("pickle", {1}), ("npy", np.zeros(1)), ("yaml", [1])]:
        for action in (
            lambda: save(format_, value, "s3://bucket/a"),  # noqa: B023 - called at once
            lambda: load(format_, type(value), "s3://bucket/a"),  # noqa: B023
        ):
            with pytest.raises(UnsupportedLocation) as caught:
                action()
            assert str(caught.value) == (
                f"`{format_}` reads and writes local files, but `s3://bucket/a` is a URL. Open the URL with a library that "
                "supports it, and pass the open file as `path`."
            )


def test_a_custom_path_like_object_is_a_path(tmp_path):
    class Place:
        def __fspath__(self) -> str:
            return str(tmp_path / "a.csv")

    save("csv", PANDAS, Place(), index=False)
    assert is_equal(load("csv", pd.DataFrame, Place()), PANDAS)
    assert is_equal(load("csv", pl.DataFrame, Place()), POLARS)


def test_a_tilde_is_the_home_folder_for_loaders_and_savers(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, (format_, value, saving, loading) in ALL.items():
        path = f"~/{name}.xlsx" if format_ == "excel" else f"~/{name}"
        assert save(format_, value, path, **saving)["file_metadata"]["path"] == path
        assert is_equal(load(format_, type(value), Path(path), **loading), value)
    assert not any(entry.name.startswith((".", "~")) for entry in tmp_path.iterdir())


# --- helpers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("class_", "expected"),
    [
        (io.BytesIO, True),
        (io.StringIO, True),
        (tempfile._TemporaryFileWrapper, True),
        (gzip.GzipFile, True),
        (Upload, True),
        (str, False),
        (Path, False),
        (pd.DataFrame, False),
        (int, False),
    ],
)
def test_open_files_are_recognized(class_, expected):
    assert issubclass(class_, OpenFile) is expected


class Named:
    """A file-like object that has only a mode."""

    def __init__(self, mode: Any) -> None:
        self.mode = mode


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (io.BytesIO(), False),
        (io.StringIO(), True),
        (Named("wb"), False),
        (Named("w"), True),
        (Named(1), False),
        (Upload(), False),
    ],
)
def test_text_files_are_recognized(file, expected):
    assert is_text(file) is expected


class Slow(io.RawIOBase):
    """A raw file that accepts three bytes at a time, as a pipe may."""

    def __init__(self) -> None:
        self.received = b""

    def write(self, part: Any) -> int | None:
        if len(self.received) >= 9:
            return None
        accepted = bytes(part[:3])
        self.received += accepted
        return len(accepted)


def test_a_raw_file_may_accept_content_in_parts():
    slow = Slow()
    write_all(slow, b"abcdefgh")
    assert slow.received == b"abcdefgh"
    with pytest.raises(BlockingIOError, match=r"cannot accept more data without blocking\. Make it blocking, or pass a path\."):
        write_all(slow, b"ijkl")


@pytest.mark.parametrize(
    ("path", "remote", "local"),
    [
        ("a.csv", False, "a.csv"),
        ("file:///data/a%20b", False, "/data/a b"),
        ("FILE://localhost/data/a", False, "/data/a"),
        ("s3://bucket/a", True, None),
        ("https://example.org/~me/a.csv", True, None),
        ("folder/x://y", False, "folder/x://y"),
        ("C://a", False, "C://a"),
        ("~no-such-user/a", False, "~no-such-user/a"),
    ],
)
def test_urls_and_paths_are_told_apart(path, remote, local):
    assert is_remote(path) is remote
    if local is not None:
        assert local_path(path) == local


def test_the_metadata_without_a_single_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "a").write_bytes(b"12")
    (tmp_path / "deep" / "b").write_bytes(b"345")
    assert file_metadata(tmp_path)["file_metadata"]["size"] == 5
    assert file_metadata(tmp_path / "deep")["file_metadata"]["last_modified"] == (tmp_path / "deep" / "b").stat().st_mtime
    assert file_metadata(tmp_path / "*.csv")["file_metadata"]["size"] is None
    with pytest.raises(FileNotFoundError):
        file_metadata(tmp_path / "absent")
    assert file_metadata(io.BytesIO())["file_metadata"].keys() == file_metadata(tmp_path)["file_metadata"].keys()
