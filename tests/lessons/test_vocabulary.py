"""The guide for authors describes exactly the names that a check can use."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "writing-lessons.md"


@pytest.mark.native
def test_the_guide_describes_every_name(check) -> None:
    section = GUIDE.read_text(encoding="utf-8").partition("## Names that a check can use")[2].partition("\n## ")[0]
    described = set(re.findall(r"^\| `(\w+)", section, re.MULTILINE))
    result = check("assert False, ' '.join(name for name in globals() if not name.startswith('__'))")
    assert set(result["message"].split()) == described
