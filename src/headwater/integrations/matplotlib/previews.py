"""Previews of matplotlib values: the figure as an image."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from headwater.previews.pages import FIRST
from headwater.previews.values import image

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.previews.pages import Page
    from headwater.previews.values import Previewer
    from headwater.wire.views import ImagePreview


def figure_preview(figure: Any, _: Page = FIRST) -> ImagePreview | None:
    """Return a figure as a PNG image."""
    picture = BytesIO()
    figure.savefig(picture, format="png", dpi=100, bbox_inches="tight")
    return image(figure, picture.getvalue())


def artist_preview(artist: Any, _: Page = FIRST) -> ImagePreview | None:
    """Return an image of the figure that contains axes or another artist."""
    return None if artist.figure is None else figure_preview(artist.figure)


PREVIEWERS: Final[Mapping[str, Previewer]] = {
    "Axes": artist_preview,
    "Figure": figure_preview,
    "SubFigure": artist_preview,
}
