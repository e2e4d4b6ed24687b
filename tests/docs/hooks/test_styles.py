"""The site's style sheets keep their rules and lose their comments."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
SPEC = importlib.util.spec_from_file_location("docs_hooks_styles", DOCS / "hooks" / "styles.py")
assert SPEC is not None
assert SPEC.loader is not None
styles = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(styles)


def test_only_comments_are_removed():
    assert styles.without_comments("/* a\n b */\n.x { y: z } /* c */ /**/ .v { w: u }") == ".x { y: z } .v { w: u }"


@pytest.mark.parametrize("path", styles.STYLE_SHEETS)
def test_a_style_sheet_has_no_comment_left_and_all_blocks(path):
    source = (DOCS / path).read_text(encoding="utf-8")
    text = styles.without_comments(source)
    assert "*/" not in text
    assert text.count("{") == text.count("}") == source.count("{")
