"""Each library that a page loads on demand works with the page's pandas, which is imported before the library is installed."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

import jedi
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
from headwater.session.pack_imports import PackImports

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


def test_names_are_completed_from_stubs_and_from_values() -> None:
    assert [name.name for name in jedi.Script("import json; json.du").complete()] == ["dump", "dumps"]
    assert "to_parquet" in [name.name for name in jedi.Interpreter("frame.to_p", [{"frame": FRAME}]).complete()]
