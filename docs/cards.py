"""Draw social cards: the pictures that other sites show for a link to a page."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import mkdocs
import PIL
from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 1200
HEIGHT: Final = 630
MARGIN: Final = 80
MAX_LINES: Final = 3
MAX_LARGE_LINES: Final = 2
TITLE_SIZES: Final = (84, 72, 60, 50)
"""The sizes of titles, in order of preference. If the title does not fit on two lines at any size, the last size is used."""

# The dark colors of `docs/assets/headwater.css`.
BACKGROUND: Final = "#0f151b"
INK: Final = "#e4ebf1"
MUTE: Final = "#8d9baa"
ACCENT: Final = "#4cc3d9"
WAVES: Final = ((9, "#4cc3d9"), (16, "#1b9db3"), (23, "#0b7a8f"))
"""The heights and colors of the waves in `docs/assets/logo.svg`."""
LOGO_WIDTH: Final = 32
OVERSAMPLING: Final = 4

# Fonts from a theme that MkDocs includes. Cards look the same on every machine, and no font is downloaded.
FONTS: Final = Path(mkdocs.__file__).parent / "themes" / "readthedocs" / "css" / "fonts"
BOLD: Final = FONTS / "lato-bold.woff2"
REGULAR: Final = FONTS / "lato-normal.woff2"


@dataclass(frozen=True, slots=True)
class Card:
    """The text on a card."""

    site: str
    section: str
    title: str
    description: str

    def cached(self, folder: Path) -> bytes:
        """Return the picture as PNG. It is drawn only if the folder does not contain it."""
        path = folder / f"{self._digest}.png"
        if not path.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.draw())
        return path.read_bytes()

    def draw(self) -> bytes:
        """Return the picture as PNG."""
        image = _background().copy()
        draw = ImageDraw.Draw(image)
        draw.text((MARGIN + 84, MARGIN + 30), self.site, INK, _font(BOLD, 40), anchor="lm")
        draw.text((MARGIN, 212), self.section, ACCENT, _font(BOLD, 32), anchor="ls")
        title, font = self._title()
        top = _paragraph(draw, title, font, INK, top=236, spacing=1.12)
        regular = _font(REGULAR, 34)
        _paragraph(draw, _lines(self.description, regular), regular, MUTE, top=top + 24, spacing=1.35)
        written = BytesIO()
        image.quantize(64, dither=Image.Dither.NONE).save(written, "PNG")
        return written.getvalue()

    def _title(self) -> tuple[list[str], ImageFont.FreeTypeFont]:
        fonts = [_font(BOLD, size) for size in TITLE_SIZES]
        fitting = next((font for font in fonts if len(_lines(self.title, font)) <= MAX_LARGE_LINES), fonts[-1])
        return _lines(self.title, fitting), fitting

    @property
    def _digest(self) -> str:
        code = Path(__file__).read_bytes()
        key = repr((PIL.__version__, mkdocs.__version__, self))
        return hashlib.sha256(code + key.encode()).hexdigest()[:20]


@functools.cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


def _lines(text: str, font: ImageFont.FreeTypeFont, limit: int = MAX_LINES) -> list[str]:
    """Wrap text. If it has too many lines, drop the extra lines and end the last line with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= limit:
        return lines
    last = lines[limit - 1]
    while font.getlength(f"{last}…") > WIDTH - 2 * MARGIN:
        last = last.rpartition(" ")[0]
    return [*lines[: limit - 1], f"{last.rstrip(' ,.;:')}…"]


def _paragraph(
    draw: ImageDraw.ImageDraw, lines: list[str], font: ImageFont.FreeTypeFont, color: str, *, top: int, spacing: float
) -> int:
    """Draw lines one below the other. Return the vertical position of the bottom edge."""
    for line in lines:
        draw.text((MARGIN, top), line, color, font)
        top += round(font.size * spacing)
    return top


@functools.cache
def _background() -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    logo = _logo(64)
    image.paste(logo, (MARGIN, MARGIN), logo)
    ImageDraw.Draw(image).rectangle((0, HEIGHT - 12, WIDTH, HEIGHT), fill=ACCENT)
    return image


def _logo(size: int) -> Image.Image:
    """Draw the logo at a larger size, then reduce it, so that its edges are smooth."""
    scale = size * OVERSAMPLING / LOGO_WIDTH
    image = Image.new("RGBA", (size * OVERSAMPLING, size * OVERSAMPLING))
    draw = ImageDraw.Draw(image)
    for height, color in WAVES:
        for x, y in _wave(height):
            draw.circle((x * scale, y * scale), 1.5 * scale, color)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _wave(height: float) -> list[tuple[float, float]]:
    """Return the points of a wave: two cubic curves, the second of which mirrors the first."""
    points: list[tuple[float, float]] = []
    for start, bend in ((5.0, -3.4), (16.0, 3.4)):
        for step in range(201):
            t = step / 200
            x = start + 11 * (3 * (1 - t) ** 2 * t * 0.3364 + 3 * (1 - t) * t**2 * 0.6636 + t**3)
            points.append((x, height + 3 * bend * t * (1 - t)))
    return points
