"""A layout as SVG, in light and dark colors, without external fonts, images or scripts."""

from __future__ import annotations

import html
from itertools import pairwise
from typing import Final

from headwater.drawing.layout import NAME_WIDTH, Layout, PlacedBox, Point, Route, abbreviate, layout_of, subtitle
from headwater.drawing.picture import Box, Picture, Style
from headwater.errors.quantities import counted

_MARGIN: Final = 16.0
SWATCH_WIDTH: Final = 26.0
SWATCH_HEIGHT: Final = 16.0
_CORNER: Final = 9.0
_HEAD: Final = 7.0
_STACK: Final = (2, 1)
"""The offsets of the rear rectangles in a stack, from back to front, as multiples of the gap."""
_STACK_GAP: Final = 3.0
_SWATCH_STACK_GAP: Final = 1.5

LOOK: Final = """
:root{--paper:#fbfcfd;--pane:#fff;--line:#c3ccd5;--ink:#17212b;--mute:#5f6c78;--flow:#a9b5c0;\
--accent:#0b7a8f;--soft:#e3f3f5;--amber:#a86400}
@media (prefers-color-scheme:dark){:root{--paper:#0f151b;--pane:#141c24;--line:#3a4857;--ink:#e4ebf1;--mute:#93a1af;\
--flow:#4f6072;--accent:#4cc3d9;--soft:#12323a;--amber:#e0a651}}
svg{font-family:Inter,"Noto Sans","DejaVu Sans",system-ui,sans-serif}
.name{font:600 12px "JetBrains Mono","DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace;fill:var(--ink)}
.type{font-size:10px;fill:var(--mute)}
.box rect{fill:var(--pane);stroke:var(--accent);stroke-width:1.3}
.input rect,.config rect{stroke:var(--mute)}
.input rect{stroke-dasharray:4 3}
.config rect{fill:var(--soft)}
.check rect{stroke:var(--mute);stroke-dasharray:1 3;stroke-linecap:round}
.override rect{stroke:var(--amber);stroke-width:2}
.override .type{fill:var(--amber)}
.output rect{stroke-width:2.8}
.box .behind{stroke-width:1.3;stroke-opacity:.55}
.arrow{fill:none;stroke:var(--flow);stroke-width:1.4}
.arrow .head{fill:var(--flow);stroke:none}
.optional .way{stroke-dasharray:4 3}
"""


def svg_text(picture: Picture) -> str:
    """Return the picture as an SVG file."""
    layout = layout_of(picture)
    legend, legend_width, legend_height = legend_markup(picture)
    width = max(layout.width, legend_width) + 2 * _MARGIN
    height = layout.height + 2 * _MARGIN + (legend_height + _MARGIN if legend else 0)
    shift = (width - 2 * _MARGIN - layout.width) / 2 + _MARGIN
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{_escaped(description(picture))}">',
        f'<style>{LOOK}</style><rect width="100%" height="100%" fill="var(--paper)"/>',
        f'<g transform="translate({shift:.1f} {_MARGIN})">{scene_markup(layout)}</g>',
    ]
    if legend:
        parts.append(f'<g transform="translate({_MARGIN} {layout.height + 2 * _MARGIN:.1f})">{legend}</g>')
    return "\n".join([*parts, "</svg>", ""])


def description(picture: Picture) -> str:
    """Describe the picture in one sentence, for screen readers."""
    return f"A dataflow of {counted(len(picture.boxes), 'node')} and {counted(len(picture.arrows), 'arrow')}"


def scene_markup(layout: Layout, *, interactive: bool = False) -> str:
    """Return the arrows, and the boxes drawn on top of them. `interactive` makes the boxes focusable."""
    arrows = "".join(_arrow(route) for route in layout.routes)
    boxes = "".join(_box(number, placed, interactive=interactive) for number, placed in enumerate(layout.boxes))
    return f"<g>{arrows}</g>\n<g>{boxes}</g>"


def legend_markup(picture: Picture) -> tuple[str, float, float]:
    """Return a legend in one row, with its width and height. Empty if the picture has no legend."""
    x = 0.0
    parts: list[str] = []
    for box in picture.legend:
        label = abbreviate(box.name)
        parts.append(
            f'<g transform="translate({x:.1f} 0)">{swatch_markup(box)}'
            f'<text class="type" x="{SWATCH_WIDTH + 8}" y="12">{_escaped(label)}</text></g>'
        )
        x += SWATCH_WIDTH + 24 + len(label) * NAME_WIDTH * 0.8
    return "".join(parts), x, SWATCH_HEIGHT if parts else 0.0


def swatch_markup(box: Box) -> str:
    """Return a small box with the style of `box`, for a legend."""
    behind = len(_STACK) * _SWATCH_STACK_GAP if box.is_mapped else 0
    width, height = SWATCH_WIDTH - 3 - behind, SWATCH_HEIGHT - 3 - behind
    outline = _outline(box, width, height, _rounding(box, height) / 1.6, _SWATCH_STACK_GAP)
    return f'<g class="{_classes(box)}" transform="translate(1.5 1.5)">{outline}</g>'


def _box(number: int, placed: PlacedBox, *, interactive: bool) -> str:
    box = placed.box
    middle = f"{placed.width / 2:.1f}"
    reach = f' data-n="{number}" tabindex="0" role="button" aria-pressed="false"' if interactive else ""
    below = abbreviate(subtitle(box))
    name, baseline = _escaped(abbreviate(box.name)), "17.5" if below else "24"
    color = f' style="fill:{box.style.text}"' if box.style.text else ""
    return "".join(
        [
            f'<g class="{_classes(box)}"{reach} transform="translate({placed.x:.1f} {placed.y:.1f})">',
            f"<title>{_escaped(_tooltip(box))}</title>",
            _outline(box, placed.width, placed.height, _rounding(box, placed.height)),
            f'<text class="name" x="{middle}" y="{baseline}" text-anchor="middle"{color}>{name}</text>',
            f'<text class="type" x="{middle}" y="31" text-anchor="middle"{color}>{_escaped(below)}</text>' if below else "",
            "</g>\n",
        ]
    )


def _outline(box: Box, width: float, height: float, rounding: float, stack_gap: float = _STACK_GAP) -> str:
    """Return a box's rectangle, or a stack of rectangles if the function is called once for each element."""
    size = f'width="{width:.1f}" height="{height:.1f}" rx="{rounding:.1f}"{_colors(box.style)}'
    offsets = [position * stack_gap for position in _STACK] if box.is_mapped else []
    return "".join(f'<rect class="behind" x="{offset}" y="{offset}" {size}/>' for offset in offsets) + f"<rect {size}/>"


def _arrow(route: Route) -> str:
    arrow = route.arrow
    optional = " optional" if arrow.optional else ""
    return (
        f'<g class="arrow{optional}" data-s="{arrow.source}" data-t="{arrow.target}">'
        f'<path class="way" d="{_curve(route)}"/><path class="head" d="{_head(route)}"/></g>\n'
    )


def _curve(route: Route) -> str:
    """Return the arrow's path: curves between ranks, and straight lines through intermediate ranks."""
    points = [*route.points[:-1], _before_end(route, _HEAD - 1)]
    commands = [f"M{_pair(points[0])}"]
    for number, (start, end) in enumerate(pairwise(points)):
        if number % 2:
            commands.append(f"L{_pair(end)}")
            continue
        half_x, half_y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        turns = ((start[0], half_y), (end[0], half_y)) if route.is_upright else ((half_x, start[1]), (half_x, end[1]))
        commands.append(f"C{_pair(turns[0])} {_pair(turns[1])} {_pair(end)}")
    return "".join(commands)


def _head(route: Route) -> str:
    x, y = _before_end(route, _HEAD)
    half = _HEAD / 2
    corners = ((x - half, y), (x + half, y)) if route.is_upright else ((x, y - half), (x, y + half))
    return f"M{_pair(route.points[-1])}L{_pair(corners[0])}L{_pair(corners[1])}Z"


def _before_end(route: Route, back: float) -> Point:
    """Return the point on the last segment of an arrow at distance `back` from its end."""
    (x, y), (before_x, before_y) = route.points[-1], route.points[-2]
    if route.is_upright:
        return x, y + (back if before_y > y else -back)
    return x + (back if before_x > x else -back), y


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _classes(box: Box) -> str:
    return f"box {box.role}{' output' if box.is_output else ''}"


def _rounding(box: Box, height: float) -> float:
    return height / 2 if box.role == "input" else _CORNER


def _colors(style: Style) -> str:
    colors = {"fill": style.fill, "stroke": style.line}
    declarations = ";".join(f"{name}:{color}" for name, color in colors.items() if color)
    return f' style="{_escaped(declarations)}"' if declarations else ""


def _tooltip(box: Box) -> str:
    title = f"{box.name}: {box.type}" if box.type else box.name
    return "\n".join(part for part in (title, box.doc, box.location) if part)


def _escaped(text: str) -> str:
    return html.escape("".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text))
