"""Savers for plotly figures."""

import pytest

from headwater import Builder, save_to


def test_a_plotly_figure_is_saved_as_page(tmp_path):
    figure_of = pytest.importorskip("plotly.graph_objects").Figure

    @save_to.html(path=tmp_path / "a.html", output_name_="page", include_plotlyjs="cdn")
    def chart() -> figure_of:
        return figure_of({"data": [{"type": "bar", "x": ["a"], "y": [3]}]})

    Builder().with_functions(chart).build().execute(["page"])
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.html"]
