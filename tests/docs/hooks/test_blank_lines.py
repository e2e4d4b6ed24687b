"""Empty lines in the output of sessions."""

import importlib.util
from pathlib import Path

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "blank_lines.py"
SPEC = importlib.util.spec_from_file_location("docs_hooks_blank_lines", HOOK)
assert SPEC is not None
assert SPEC.loader is not None
blank_lines = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(blank_lines)


def test_a_marker_becomes_an_empty_line():
    session = ">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb\n"
    assert blank_lines.on_page_markdown(session) == ">>> print('a\\n\\nb')\na\n\nb\n"


def test_other_text_is_unchanged():
    text = "Write `<BLANKLINE>` for an empty line."
    assert blank_lines.on_page_markdown(text) == text
