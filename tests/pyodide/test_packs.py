"""Each library that a page loads on demand works with the page's pandas, which is imported before the library is installed."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pytest
import scipy.linalg
import scipy.optimize
import scipy.stats
from PIL import Image
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression

from headwater.previews.values import preview
from headwater.session import Session
from headwater.session.pack_imports import PackImports


@pytest.fixture(scope="module")
def pyarrow_in_pandas() -> None:
    """Let pandas use pyarrow, as a page does once it has installed the pack."""
    packs = PackImports()
    packs.register({"pyarrow": "pyarrow.zip"})
    packs.installed("pyarrow.zip")


FRAME = pd.DataFrame(
    {"city": ["Oslo", "Rome", "Lima"], "rain": [1.5, 0.5, None], "day": pd.date_range("2020-01-01", periods=3)}
)


def test_a_linear_model_is_fitted() -> None:
    points = np.arange(10.0).reshape(-1, 1)
    assert LinearRegression().fit(points, 3 * points[:, 0]).coef_ == pytest.approx([3])


def test_trees_and_clusters_are_fitted_without_threads() -> None:
    points = np.array([[0.0], [0.1], [5.0], [5.1]])
    trees = RandomForestClassifier(n_estimators=3, random_state=0, n_jobs=-1).fit(points, [0, 0, 1, 1])
    assert trees.predict(points).tolist() == [0, 0, 1, 1]
    labels = KMeans(2, n_init=1, random_state=0).fit(points).labels_
    assert labels[0] == labels[1] != labels[2] == labels[3]


def test_scipy_uses_its_linear_algebra_library() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert scipy.linalg.inv(matrix) @ matrix == pytest.approx(np.eye(2))
    assert scipy.stats.norm.cdf(0) == pytest.approx(0.5)
    assert scipy.optimize.minimize(lambda x: float((x[0] - 2) ** 2), [0.0]).x == pytest.approx([2], abs=1e-4)


def test_pandas_interpolates_with_scipy_although_it_requires_a_newer_version() -> None:
    packs = PackImports()
    packs.register({"scipy": "scipy.zip"})
    packs.installed("scipy.zip")
    assert pd.Series([0.0, None, 4.0, 9.0]).interpolate("quadratic").iloc[1] == pytest.approx(1)


def test_figures_are_images_with_the_fonts_that_the_build_has_listed() -> None:
    listed = Path(mpl.__file__).with_name("fontlist.json")
    fonts = json.loads(listed.read_text())
    assert {font["name"] for font in fonts["ttflist"]} >= {"DejaVu Sans", "STIXGeneral"}
    assert all(not Path(font["fname"]).is_absolute() for font in fonts["ttflist"])
    figure, axes = plt.subplots()
    FRAME.plot(x="day", y="rain", ax=axes, title="Rain")
    shown = preview(figure)
    assert (shown["kind"], shown["type"]) == ("image", "Figure")
    assert mpl.get_backend().lower() == "agg"


def test_a_figure_is_saved_as_a_document() -> None:
    document = io.BytesIO()
    plt.figure().savefig(document, format="pdf")
    assert document.getvalue().startswith(b"%PDF")


def test_an_image_is_encoded() -> None:
    encoded = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(encoded, "JPEG")
    assert Image.open(io.BytesIO(encoded.getvalue())).size == (4, 3)


def test_pandas_reads_a_query() -> None:
    with sqlite3.connect(":memory:") as database:
        FRAME.to_sql("weather", database, index=False)
        read = pd.read_sql("select city from weather where rain > 1", database)
    assert read["city"].tolist() == ["Oslo"]


@pytest.mark.parametrize("format_", ["parquet", "feather"])
def test_a_table_is_written_and_read(format_: str) -> None:
    written = io.BytesIO()
    getattr(FRAME, f"to_{format_}")(written)
    written.seek(0)
    pd.testing.assert_frame_equal(getattr(pd, f"read_{format_}")(written), FRAME, check_dtype=False)


def test_arrow_computes() -> None:
    table = pa.Table.from_pandas(FRAME)
    assert table.group_by("city").aggregate([("rain", "sum")]).num_rows == 3
    assert table.to_pandas()["city"].tolist() == ["Oslo", "Rome", "Lima"]


@pytest.mark.usefixtures("pyarrow_in_pandas")
def test_pandas_uses_arrow_although_it_was_imported_first() -> None:
    numbers = pd.Series([1, 2, None], dtype="int64[pyarrow]")
    assert numbers.dtype == pd.ArrowDtype(pa.int64())
    assert (numbers * 2 + 1).tolist()[:2] == [3, 5]
    assert pd.Series(["a", "b"], dtype="string[pyarrow]").str.upper().tolist() == ["A", "B"]
    assert pd.Series([[1], [2, 3]], dtype=pd.ArrowDtype(pa.list_(pa.int64()))).list.len().tolist() == [1, 2]
    assert pd.Series(["a"]).dtype.storage == "pyarrow"
    assert pd.array(pa.array(["a"]), dtype="string[python]").tolist() == ["a"]


@pytest.mark.usefixtures("pyarrow_in_pandas")
@pytest.mark.parametrize("engine", ["c", "python", "pyarrow"])
def test_pandas_reads_text_into_arrow(engine: str) -> None:
    read = pd.read_csv(io.BytesIO(b"city,rain,day\nOslo,1.5,1\nRome,,2\n"), engine=engine, dtype_backend="pyarrow")
    assert [str(dtype) for dtype in read.dtypes] == ["string[pyarrow]", "double[pyarrow]", "int64[pyarrow]"]
    assert read["city"].tolist() == ["Oslo", "Rome"]


@pytest.mark.usefixtures("pyarrow_in_pandas")
def test_pandas_reads_parquet_into_arrow() -> None:
    written = io.BytesIO()
    FRAME.to_parquet(written)
    read = pd.read_parquet(written, dtype_backend="pyarrow")
    assert read.groupby("city")["rain"].sum().to_dict() == {"Lima": 0.0, "Oslo": 1.5, "Rome": 0.5}
    assert FRAME.convert_dtypes(dtype_backend="pyarrow")["rain"].dtype == "double[pyarrow]"


def complete(expression: str) -> set[str]:
    """Return the attributes that a session suggests after an expression. `frame` is a node with a value."""
    head = "import json\nimport numpy as np\nimport pandas as pd\n"
    code = f"{head}def frame() -> pd.DataFrame:\n    return pd.DataFrame({{'city': ['Oslo'], 'rain': [1.5]}})\n"
    with Session() as session:
        session.update({"flow.py": code})
        assert session.run()["ok"]
        text = f"{code}def report(frame):\n    return {expression}"
        found = session.attributes("flow.py", text, text.count("\n") + 1, len(expression) + 11)
    assert found is not None
    return {attribute["name"] for attribute in found}


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("pd.", "DataFrame"),
        ("np.", "linspace"),
        ("json.", "dumps"),
        ("frame.", "groupby"),
        ("frame.head().", "groupby"),
        ("frame.groupby('city')['rain'].mean().", "to_frame"),
        ("frame['city'].str.", "zfill"),
        ("np.zeros(3).", "argpartition"),
        ("''.", "casefold"),
        ("open('a').", "readline"),
    ],
)
def test_attributes_are_completed_without_source_text(expression: str, name: str) -> None:
    assert name in complete(expression)


def test_an_attribute_is_described() -> None:
    with Session() as session:
        session.attributes("flow.py", "import pandas as pd\npd.", 2, 3)
        signature, summary = session.describe("read_csv")
    assert signature.startswith("read_csv(filepath_or_buffer, sep=")
    assert summary == "Read a comma-separated values (csv) file into DataFrame."
