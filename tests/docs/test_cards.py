"""Social cards are pictures of the size that other sites expect. Each card is drawn only once."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from typing import Any

import pytest

Image = pytest.importorskip("PIL.Image", reason="needs the packages for the site")
pytest.importorskip("mkdocs", reason="needs the packages for the site")

SPEC = importlib.util.spec_from_file_location("docs_cards", Path(__file__).parents[2] / "docs" / "cards.py")
assert SPEC is not None
assert SPEC.loader is not None
cards = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = cards  # `dataclass` looks up the module in `sys.modules`
SPEC.loader.exec_module(cards)

LONG = "Feature engineering without surprises, " * 20


def card(title: str = "Spark", description: str = "Append columns to a frame.") -> Any:
    return cards.Card("Headwater", "Guides", title, description)


def ink(picture: bytes) -> tuple[int, int, int, int]:
    """Return the box around the text, without the margin and the line at the bottom."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").crop((0, 0, cards.WIDTH, cards.HEIGHT - 12))
    background = Image.new("RGB", image.size, cards.BACKGROUND)
    difference = importlib.import_module("PIL.ImageChops").difference(image, background)
    box: tuple[int, int, int, int] = difference.convert("L").point(lambda value: 255 * (value > 8)).getbbox()
    return box


@pytest.mark.parametrize("texts", [("Spark", "Short."), (LONG, LONG), ("", ""), ("Naïve → café", "ßøç — “quoted”")])
def test_a_card_has_the_expected_size_and_its_texts_are_inside_the_margin(texts: tuple[str, str]) -> None:
    picture = card(*texts).draw()
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(picture) < 60_000
    left, top, right, bottom = ink(picture)
    assert left >= cards.MARGIN - 2
    assert top >= cards.MARGIN
    assert right <= cards.WIDTH - cards.MARGIN + 2
    assert bottom <= cards.HEIGHT - 20


def test_a_long_text_ends_with_an_ellipsis() -> None:
    font = cards._font(cards.REGULAR, 34)
    lines = cards._lines(LONG, font)
    assert len(lines) == cards.MAX_LINES
    assert lines[-1].endswith("…")
    assert cards._lines("short text", font) == ["short text"]
    assert cards._lines("", font) == []


def test_a_card_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = card().cached(tmp_path)
    monkeypatch.setattr(cards.Card, "draw", lambda _: pytest.fail("the card was drawn again"))
    assert card().cached(tmp_path) == first
    assert len(list(tmp_path.iterdir())) == 1


def test_another_text_is_another_card(tmp_path: Path) -> None:
    assert card("Spark").cached(tmp_path) != card("Dask").cached(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_the_same_text_is_the_same_picture() -> None:
    assert card().draw() == card().draw()
