"""The site's style sheet keeps its rules and loses its comments."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"
SOURCE = (DOCS / "assets/headwater.css").read_text(encoding="utf-8")
SPEC = importlib.util.spec_from_file_location("docs_hooks_styles", DOCS / "hooks" / "styles.py")
assert SPEC is not None
assert SPEC.loader is not None
styles = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(styles)


def test_only_comments_are_removed():
    assert styles.without_comments("/* a\n b */\n.x { y: z } /* c */ /**/ .v { w: u }") == ".x { y: z } .v { w: u }"


def test_the_style_sheet_has_no_comment_left_and_all_blocks():
    text = styles.without_comments(SOURCE)
    assert "*/" not in text
    assert text.count("{") == text.count("}") == SOURCE.count("{")
