"""Previews of matplotlib figures."""

from __future__ import annotations

import pytest

from headwater.previews import preview


def test_a_figure_is_an_image() -> None:
    figure = pytest.importorskip("matplotlib.figure").Figure()
    axes = figure.subplots()
    assert preview(figure)["kind"] == preview(axes)["kind"] == "image"
