"""Frames, arrays, YAML and figures: what is saved comes back as it was, and nothing half-written is left."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, load_from, save_to, source
from headwater.errors import DecoratorError
from headwater.io import from_, to

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")

few = settings(deadline=None, max_examples=25)


def there_and_back(format_: str, type_: type, value, path: Path, *options):
    """What a dataflow saves, loaded by another one, and what is said of both; `options` are those to save and those to load."""
    saving, loading = (*options, {}, {})[:2]

    def kept() -> type_:
        return value

    def again(data: type_) -> type_:
        return data

    save = getattr(save_to, format_)(path=path, output_name_="saved", **saving)
    said = Builder().with_functions(save(kept)).build().execute(["saved"])["saved"]
    load = getattr(load_from, format_)(path=path, **loading)
    driver = Builder().with_functions(load(again)).build()
    found = driver.execute(["again", "again.data.loader"])
    assert found["again.data.loader"][1].keys() == said.keys()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return found["again"], said


@pytest.fixture
def frame():
    return pd.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25], "count": [1, 2]})


# --- pandas -----------------------------------------------------------------------------------------------------------

PANDAS = {
    "csv": ({"index": False}, {}, None),
    "json": ({"orient": "records"}, {}, None),
    "pickle": ({}, {}, None),
    "parquet": ({}, {}, "pyarrow"),
    "feather": ({}, {}, "pyarrow"),
    "excel": ({"index": False}, {}, "openpyxl"),
}


@pytest.mark.parametrize("format_", PANDAS)
def test_a_pandas_frame_comes_back(format_, frame, tmp_path):
    saving, loading, needed = PANDAS[format_]
    if needed:
        pytest.importorskip(needed)
    again, said = there_and_back(
        format_, pd.DataFrame, frame, tmp_path / ("a.xlsx" if format_ == "excel" else "a"), saving, loading
    )
    pd.testing.assert_frame_equal(again, frame, check_dtype=format_ != "json")
    assert said["dataframe_metadata"]["rows"] == 2
    assert said["dataframe_metadata"]["column_names"] == ["day", "rain", "count"]
    assert json.loads(json.dumps(said)) == said


@few
@given(st.lists(st.tuples(st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_numbers_of_a_pandas_frame_come_back_exactly_from_csv(tmp_path_factory, rows):
    numbers = pd.DataFrame(rows, columns=["whole", "real"])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    again, _ = there_and_back("csv", pd.DataFrame, numbers, path, {"index": False})
    pd.testing.assert_frame_equal(again, numbers, check_exact=True)


def test_the_arguments_are_those_of_the_library(frame, tmp_path):
    path = tmp_path / "a.csv.gz"
    again, _ = there_and_back("csv", pd.DataFrame, frame, path, {"sep": ";", "index": False}, {"sep": ";", "usecols": ["rain"]})
    assert list(again.columns) == ["rain"]
    assert path.read_bytes()[:2] == b"\x1f\x8b"  # compressed, as the name says


def test_an_argument_that_the_library_does_not_have_is_said():
    @load_from.csv(path="a.csv", sepp=";")
    def total(frame: pd.DataFrame) -> float: ...

    with pytest.raises(DecoratorError, match=r"@load_from.csv on `total` \(.*:\d+\): `CsvLoader` has no argument `sepp`"):
        Builder().with_functions(total).build()


def test_what_loads_and_saves_can_be_sent_to_another_process(tmp_path):
    @load_from.csv(path=tmp_path / "a.csv", sep=";")
    def total(frame: pd.DataFrame) -> float: ...

    call = Builder().with_functions(total).build().graph["total.frame.loader"].call
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    frame, _ = pickle.loads(pickle.dumps(call))(tmp_path / "a.csv", ";")  # noqa: S301
    assert list(frame.columns) == ["a", "b"]
    options = call.adapter(path="a", sep=";")
    assert pickle.loads(pickle.dumps(options)).options() == {"sep": ";"}  # noqa: S301


def test_a_series_is_saved(tmp_path):
    @save_to.csv(path=tmp_path / "a.csv", output_name_="saved", index=False)
    def rain() -> pd.Series:
        return pd.Series([0.5, 1.5], name="rain")

    said = Builder().with_functions(rain).build().execute(["saved"])["saved"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").split() == ["rain", "0.5", "1.5"]
    assert said["dataframe_metadata"]["column_names"] == ["rain"]


def test_what_the_annotation_says_decides_who_reads_a_json_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1}]', encoding="utf-8")

    @load_from.json(path=path)
    def plain(data: list[dict[str, int]]) -> str:
        return type(data).__name__

    @load_from.json(path=path)
    def frame(data: pd.DataFrame) -> str:
        return type(data).__name__

    assert Builder().with_functions(plain, frame).build().execute(["plain", "frame"]) == {"plain": "list", "frame": "DataFrame"}


def test_a_frame_that_cannot_be_written_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")

    @save_to.json(path=path, output_name_="saved", orient="sideways")
    def frame() -> pd.DataFrame:
        return pd.DataFrame({"a": [1]})

    with pytest.raises(ValueError, match="sideways") as caught:
        Builder().with_functions(frame).build().execute(["saved"])
    assert "the node `saved`" in caught.value.__notes__[0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_materializers_write_frames(frame, tmp_path):
    def doubled(frame: pd.DataFrame) -> pd.DataFrame:
        return frame * 2

    driver = Builder().with_functions(doubled).build()
    metadata, results = driver.materialize(
        from_.csv(target="frame", path=source("where")),
        to.csv(id="saved", dependencies=["doubled"], path=tmp_path / "b.csv", index=False),
        additional_vars=["doubled"],
        inputs={"where": written(frame, tmp_path / "a.csv")},
    )
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "b.csv"), results["doubled"])
    assert metadata["saved"]["dataframe_metadata"]["columns"] == 3


def written(frame, path: Path) -> Path:
    frame.to_csv(path, index=False)
    return path


# --- polars -----------------------------------------------------------------------------------------------------------

POLARS = {"csv": None, "json": None, "parquet": None, "feather": None, "excel": "fastexcel"}


@pytest.mark.parametrize("format_", POLARS)
def test_a_polars_frame_comes_back(format_, frame, tmp_path):
    pl = pytest.importorskip("polars")
    if POLARS[format_]:
        pytest.importorskip(POLARS[format_])
        pytest.importorskip("xlsxwriter")
    value = pl.DataFrame(frame.to_dict("list"))
    again, said = there_and_back(format_, pl.DataFrame, value, tmp_path / ("a.xlsx" if format_ == "excel" else "a"))
    assert again.equals(value)
    assert said["dataframe_metadata"]["rows"] == 2
    assert said["dataframe_metadata"]["datatypes"] == ["String", "Float64", "Int64"]
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("format_", ["csv", "parquet", "feather"])
def test_a_lazy_polars_frame_is_scanned_and_sunk(format_, frame, tmp_path):
    pl = pytest.importorskip("polars")
    value = pl.LazyFrame(frame.to_dict("list"))
    again, _ = there_and_back(format_, pl.LazyFrame, value, tmp_path / f"a.{format_}")
    assert isinstance(again, pl.LazyFrame)
    assert again.collect().equals(value.collect())


def test_which_library_reads_a_table_is_what_the_annotation_says(frame, tmp_path):
    pl = pytest.importorskip("polars")
    path = written(frame, tmp_path / "a.csv")

    @load_from.csv(path=path)
    def one(data: pl.DataFrame) -> str:
        return type(data).__module__.partition(".")[0]

    @load_from.csv(path=path)
    def other(data: pd.DataFrame) -> str:
        return type(data).__module__.partition(".")[0]

    assert Builder().with_functions(one, other).build().execute(["one", "other"]) == {"one": "polars", "other": "pandas"}


# --- arrays, YAML, figures --------------------------------------------------------------------------------------------


@few
@given(st.lists(st.floats(allow_nan=True)), st.sampled_from(["f8", "f4", "c16"]))
def test_an_array_comes_back(tmp_path_factory, values, dtype):
    with np.errstate(over="ignore"):
        value = np.array(values).astype(dtype)
    again, said = there_and_back("npy", np.ndarray, value, tmp_path_factory.mktemp("npy") / "a.bin")
    assert again.dtype == value.dtype
    np.testing.assert_array_equal(again, value)
    assert said["array_metadata"] == {"shape": [len(values)], "dtype": str(value.dtype)}


def test_an_array_of_objects_is_only_pickled_when_asked(tmp_path):
    value = np.array([{"a": 1}], dtype=object)
    with pytest.raises(ValueError, match="allow_pickle"):
        there_and_back("npy", np.ndarray, value, tmp_path / "a.npy")
    again, _ = there_and_back("npy", np.ndarray, value, tmp_path / "a.npy", {"allow_pickle": True}, {"allow_pickle": True})
    assert again[0] == {"a": 1}


def test_a_plain_value_comes_back_from_yaml(tmp_path):
    pytest.importorskip("yaml")
    value = {"b": [1, 2.5, None, True], "a": {"grüße": "ja\nnein"}}
    again, _ = there_and_back("yaml", dict, value, tmp_path / "a.yaml")
    assert again == value
    assert list(again) == ["b", "a"]
    assert "grüße" in (tmp_path / "a.yaml").read_text(encoding="utf-8")


def test_yaml_runs_no_code(tmp_path):
    yaml = pytest.importorskip("yaml")
    path = tmp_path / "a.yaml"
    path.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")

    @load_from.yaml(path=path)
    def settings(data: dict) -> dict: ...

    with pytest.raises(yaml.constructor.ConstructorError):
        Builder().with_functions(settings).build().execute(["settings"])


def test_a_matplotlib_figure_becomes_a_picture_and_a_page(tmp_path):
    figure_of = pytest.importorskip("matplotlib.figure").Figure

    @save_to.html(path=tmp_path / "a.html", output_name_="page", title="Rain & sun")
    @save_to.png(path=tmp_path / "a.png", output_name_="picture", dpi=50)
    def chart() -> figure_of:
        figure = figure_of(figsize=(2, 1))
        figure.subplots().plot([1, 2])
        return figure

    said = Builder().with_functions(chart).build().execute(["picture", "page"])
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>Rain &amp; sun</title>\n<svg" in page
    assert said["picture"]["file_metadata"]["size"] == (tmp_path / "a.png").stat().st_size


def test_a_plotly_figure_becomes_a_page(tmp_path):
    figure_of = pytest.importorskip("plotly.graph_objects").Figure

    @save_to.html(path=tmp_path / "a.html", output_name_="page", include_plotlyjs="cdn")
    def chart() -> figure_of:
        return figure_of({"data": [{"type": "bar", "x": ["a"], "y": [3]}]})

    Builder().with_functions(chart).build().execute(["page"])
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.html"]


def test_a_format_of_a_library_that_was_not_imported_says_what_to_import(monkeypatch):
    monkeypatch.setattr("headwater.io.registry._registered", {"load": {}, "save": {}})
    monkeypatch.setattr("headwater.io.registry._brought_in", set())
    monkeypatch.setattr("headwater.io.registry.LIBRARIES", {})
    monkeypatch.setattr("headwater.io.registry.OF_LIBRARIES", {"csv": ("absent", "lacking")})

    @load_from.csv(path="a")
    def total(frame: dict) -> float: ...

    with pytest.raises(DecoratorError) as caught:
        Builder().with_functions(total).build()
    assert "`csv` is there once absent or lacking was imported: write `import absent` above." in str(caught.value)
