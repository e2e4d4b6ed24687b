"""Round trips of polars frames in files."""

import json
from pathlib import Path

import pytest

from headwater import Builder, load_from

pd = pytest.importorskip("pandas")


@pytest.fixture
def frame():
    return pd.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25], "count": [1, 2]})


def written(frame, path: Path) -> Path:
    frame.to_csv(path, index=False)
    return path


POLARS = {"csv": None, "json": None, "parquet": None, "feather": None, "excel": "fastexcel"}


@pytest.mark.parametrize("format_", POLARS)
def test_a_saved_polars_frame_can_be_loaded(round_trip, format_, frame, tmp_path):
    pl = pytest.importorskip("polars")
    if POLARS[format_]:
        pytest.importorskip(POLARS[format_])
        pytest.importorskip("xlsxwriter")
    value = pl.DataFrame(frame.to_dict("list"))
    restored, metadata = round_trip(format_, pl.DataFrame, value, tmp_path / ("a.xlsx" if format_ == "excel" else "a"))
    assert restored.equals(value)
    assert metadata["dataframe_metadata"]["rows"] == 2
    assert metadata["dataframe_metadata"]["datatypes"] == ["String", "Float64", "Int64"]
    assert json.loads(json.dumps(metadata)) == metadata


@pytest.mark.parametrize("format_", ["csv", "parquet", "feather"])
def test_a_lazy_polars_frame_is_scanned_and_sunk(round_trip, format_, frame, tmp_path):
    pl = pytest.importorskip("polars")
    value = pl.LazyFrame(frame.to_dict("list"))
    restored, _ = round_trip(format_, pl.LazyFrame, value, tmp_path / f"a.{format_}")
    assert isinstance(restored, pl.LazyFrame)
    assert restored.collect().equals(value.collect())


def test_the_annotation_selects_the_library_of_a_table(frame, tmp_path):
    pl = pytest.importorskip("polars")
    path = written(frame, tmp_path / "a.csv")

    @load_from.csv(path=path)
    def polars_root(data: pl.DataFrame) -> str:
        return type(data).__module__.partition(".")[0]

    @load_from.csv(path=path)
    def pandas_root(data: pd.DataFrame) -> str:
        return type(data).__module__.partition(".")[0]

    assert Builder().with_functions(polars_root, pandas_root).build().execute(["polars_root", "pandas_root"]) == {
        "polars_root": "polars",
        "pandas_root": "pandas",
    }
