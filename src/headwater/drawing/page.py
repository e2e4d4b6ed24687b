"""A picture as an HTML page: the SVG, and a script to pan, zoom and highlight lineage.

The page makes no requests, and its content security policy forbids them.
"""

from __future__ import annotations

import html
import json
from typing import Final

from headwater.drawing.characters import well_formed
from headwater.drawing.layout import abbreviate, layout_of
from headwater.drawing.picture import Picture
from headwater.drawing.script import SCRIPT
from headwater.drawing.svg import LOOK, SWATCH_HEIGHT, SWATCH_WIDTH, description, scene_markup, swatch_markup

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

_PAGE_LOOK: Final = """
*{box-sizing:border-box}
html,body{height:100%;margin:0}
body{background:var(--paper);color:var(--ink);overflow:hidden;
 font:13px/1.45 Inter,"Noto Sans","DejaVu Sans",system-ui,sans-serif}
#plane{width:100%;height:100%;display:block;cursor:grab;touch-action:none;outline:none}
#plane.moving{cursor:grabbing}
.box{cursor:pointer;outline:none}
.box:hover rect,.box:focus-visible rect{fill:var(--soft)}
.box:focus-visible rect{stroke-width:3.2}
.box[aria-pressed=true] rect{fill:var(--soft);stroke:var(--accent);stroke-width:3;stroke-dasharray:none}
#plane.lit .box:not(.lit),#plane.lit .arrow:not(.lit){opacity:.25}
#plane.lit .arrow.lit{stroke:var(--accent);stroke-width:2}
#plane.lit .arrow.lit .head{fill:var(--accent)}
.tools{position:fixed;right:12px;top:12px;display:flex;gap:6px}
.tools button{font:inherit;min-width:30px;padding:3px 10px;border:1px solid var(--line);border-radius:8px;
 background:var(--pane);color:var(--ink);cursor:pointer}
.tools button:hover{border-color:var(--accent)}
.tools button:focus-visible{border-color:var(--accent);outline:2px solid var(--accent);outline-offset:1px}
.legend{position:fixed;right:12px;bottom:10px;max-width:calc(100% - 24px);margin:0;padding:4px 8px;list-style:none;
 display:flex;flex-wrap:wrap;justify-content:end;gap:2px 16px;border-radius:8px;background:var(--paper);
 color:var(--mute);font-size:11px;pointer-events:none}
.legend li{display:flex;align-items:center;gap:6px}
#about{position:fixed;left:12px;bottom:12px;max-width:min(420px,calc(100% - 24px));max-height:45%;overflow:auto;
 padding:10px 14px;border:1px solid var(--line);border-radius:10px;background:var(--pane);box-shadow:0 4px 18px #0002}
#about[hidden]{display:none}
#about h2{margin:0;overflow-wrap:anywhere;
 font:600 14px "JetBrains Mono","DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace}
#about p{margin:4px 0 0;white-space:pre-line;overflow-wrap:anywhere}
#about .mute{color:var(--mute);font-size:12px}
"""


def page_html(picture: Picture) -> str:
    """Return the picture as a complete page."""
    layout = layout_of(picture)
    about = [
        {"name": box.name, "type": box.type, "role": box.role, "doc": box.doc, "location": box.location, "tags": dict(box.tags)}
        for box in picture.boxes
    ]
    size = f"{layout.width:.0f} {layout.height:.0f}"
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Dataflow</title>
<style>{LOOK}{_PAGE_LOOK}</style>
<svg id="plane" viewBox="0 0 {size}" data-size="{size}" role="group" aria-label="{html.escape(description(picture))}">
<g id="scene">{scene_markup(layout, interactive=True)}</g>
</svg>
<div class="tools"><button type="button" id="closer" aria-label="Zoom in">+</button>\
<button type="button" id="further" aria-label="Zoom out">&minus;</button><button type="button" id="fit">Fit</button></div>
{_legend(picture)}
<div id="about" role="status" hidden></div>
<script type="application/json" id="boxes">{_inside_script(about)}</script>
<script>{SCRIPT}</script>
</html>
"""


def _legend(picture: Picture) -> str:
    size = f'width="{SWATCH_WIDTH:.0f}" height="{SWATCH_HEIGHT:.0f}"'
    entries = [
        f'<li><svg {size} aria-hidden="true">{swatch_markup(box)}</svg>{html.escape(well_formed(abbreviate(box.name)))}</li>'
        for box in picture.legend
    ]
    return f'<ul class="legend" aria-label="Legend">{"".join(entries)}</ul>' if entries else ""


def iframe(page: str, height: int) -> str:
    """Return an iframe with a page. The page shares no styles or scripts with the surrounding page."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" sandbox="allow-scripts" title="Dataflow" '
        f'style="width:100%;height:{height}px;border:0;border-radius:8px"></iframe>'
    )


def _inside_script(data: object) -> str:
    """Encode JSON so that it cannot end the script element."""
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
