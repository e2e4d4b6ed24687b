"""A drawing as SVG."""

import xml.etree.ElementTree as ET

from headwater import Builder
from headwater.drawing import draw


def test_svg_is_well_formed_and_has_all_names(shop):
    root = ET.fromstring(draw(shop).svg)  # noqa: S314 - the test's own data
    namespace = "{http://www.w3.org/2000/svg}"
    names = [text.text for text in root.iter(f"{namespace}text") if text.get("class") == "name"]
    assert names == ["price", "amount", "net", "gross", "note", "count"]
    assert len([group for group in root.iter(f"{namespace}g") if "arrow" in (group.get("class") or "")]) == 6


def test_control_characters_leave_the_svg_well_formed():
    def harmless() -> int: ...

    graph = Builder().with_functions(**{"a\x00\x1b\ud800b": harmless}).build().graph
    ET.fromstring(draw(graph).svg)  # noqa: S314 - the test's own data
