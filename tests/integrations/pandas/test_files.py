"""Round trips of pandas frames in files, and failed writes."""

import json
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import Builder, load_from, save_to, source
from headwater.errors import DecoratorError
from headwater.graph.executable import executable
from headwater.graph.operation import Load
from headwater.io import from_, to

pd = pytest.importorskip("pandas")


few = settings(max_examples=settings.default.max_examples // 4)  # each example writes and reads a file


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
def test_a_saved_pandas_frame_can_be_loaded(round_trip, format_, frame, tmp_path):
    saving, loading, needed = PANDAS[format_]
    if needed:
        pytest.importorskip(needed)
    restored, metadata = round_trip(
        format_, pd.DataFrame, frame, tmp_path / ("a.xlsx" if format_ == "excel" else "a"), saving, loading
    )
    pd.testing.assert_frame_equal(restored, frame, check_dtype=format_ != "json")
    assert metadata["dataframe_metadata"]["rows"] == 2
    assert metadata["dataframe_metadata"]["column_names"] == ["day", "rain", "count"]
    assert json.loads(json.dumps(metadata)) == metadata


@few
@given(st.lists(st.tuples(st.integers(-(2**62), 2**62), st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_numbers_of_a_pandas_frame_are_exact_in_csv(round_trip, tmp_path_factory, rows):
    numbers = pd.DataFrame(rows, columns=["whole", "real"])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    restored, _ = round_trip("csv", pd.DataFrame, numbers, path, {"index": False})
    pd.testing.assert_frame_equal(restored, numbers, check_exact=True)


def test_the_arguments_are_those_of_the_library(round_trip, frame, tmp_path):
    path = tmp_path / "a.csv.gz"
    restored, _ = round_trip("csv", pd.DataFrame, frame, path, {"sep": ";", "index": False}, {"sep": ";", "usecols": ["rain"]})
    assert list(restored.columns) == ["rain"]
    assert path.read_bytes()[:2] == b"\x1f\x8b"  # compressed, because the name ends with `.gz`


def test_an_argument_unknown_to_the_library_is_reported():
    @load_from.csv(path="a.csv", sepp=";")
    def total(frame: pd.DataFrame) -> float: ...

    with pytest.raises(DecoratorError, match=r"@load_from.csv on `total` \(.*:\d+\): `PandasCsvLoader` has no argument `sepp`"):
        Builder().with_functions(total).build()


def test_adapters_can_be_sent_to_another_process(tmp_path):
    @load_from.csv(path=tmp_path / "a.csv", sep=";")
    def total(frame: pd.DataFrame) -> float: ...

    load = Builder().with_functions(total).build().graph["total.frame.loader"].operation
    assert isinstance(load, Load)
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    frame, _ = executable(pickle.loads(pickle.dumps(load)))(tmp_path / "a.csv", ";")  # noqa: S301 - pickled by the test
    assert list(frame.columns) == ["a", "b"]
    assert load.adapter is not None
    options = load.adapter(path="a", sep=";")
    assert pickle.loads(pickle.dumps(options)).options() == {"sep": ";"}  # noqa: S301 - pickled by the test


def test_a_series_is_saved(tmp_path):
    @save_to.csv(path=tmp_path / "a.csv", output_name_="saved", index=False)
    def rain() -> pd.Series:
        return pd.Series([0.5, 1.5], name="rain")

    metadata = Builder().with_functions(rain).build().execute(["saved"])["saved"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").split() == ["rain", "0.5", "1.5"]
    assert metadata["dataframe_metadata"]["column_names"] == ["rain"]


def test_the_annotation_selects_the_reader_of_a_json_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1}]', encoding="utf-8")

    @load_from.json(path=path)
    def plain(data: list[dict[str, int]]) -> str:
        return type(data).__name__

    @load_from.json(path=path)
    def frame(data: pd.DataFrame) -> str:
        return type(data).__name__

    assert Builder().with_functions(plain, frame).build().execute(["plain", "frame"]) == {"plain": "list", "frame": "DataFrame"}


def test_a_failed_write_of_a_frame_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")

    @save_to.json(path=path, output_name_="saved", orient="sideways")
    def frame() -> pd.DataFrame:
        return pd.DataFrame({"a": [1]})

    with pytest.raises(ValueError, match="sideways") as caught:
        Builder().with_functions(frame).build().execute(["saved"])
    assert "Raised in node `saved`" in caught.value.__notes__[0]
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
