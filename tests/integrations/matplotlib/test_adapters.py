"""Savers for matplotlib figures."""

import pytest

from headwater import Builder, save_to


def test_a_matplotlib_figure_is_saved_as_image_and_page(tmp_path):
    figure_of = pytest.importorskip("matplotlib.figure").Figure

    @save_to.html(path=tmp_path / "a.html", output_name_="page", title="Rain & sun")
    @save_to.png(path=tmp_path / "a.png", output_name_="picture", dpi=50)
    def chart() -> figure_of:
        figure = figure_of(figsize=(2, 1))
        figure.subplots().plot([1, 2])
        return figure

    metadata = Builder().with_functions(chart).build().execute(["picture", "page"])
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>Rain &amp; sun</title>\n<svg" in page
    assert metadata["picture"]["file_metadata"]["size"] == (tmp_path / "a.png").stat().st_size
