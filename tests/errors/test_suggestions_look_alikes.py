"""A suggestion is never the name itself. For a look-alike, it names the characters that differ."""

from __future__ import annotations

import pytest

from headwater.errors.suggestions import did_you_mean


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("style", ["style"], ""),
        ("style", ["style", "styles"], " Did you mean `styles`?"),
        ("style", ["style "], " Did you mean `'style '`?"),
        ("style", ["st\u200byle"], " Did you mean `'st\\u200byle'`? `st\u200byle` contains U+200B ZERO WIDTH SPACE."),
        ("st\u0443le", ["style"], " Did you mean `style`? `st\u0443le` contains U+0443 CYRILLIC SMALL LETTER U."),
        ("größe", ["größen"], " Did you mean `größen`?"),
        (1, ["1"], ""),
    ],
)
def test_suggestions(name: object, known: list[str], expected: str) -> None:
    assert did_you_mean(name, known) == expected
