"""If the code cannot be loaded, a check names the line, and adds the remedies that Python's messages lack."""

import pytest

from headwater.lessons import Exercise, run_check
from headwater.session import Session


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = 1\n  y = 2", "unexpected indent (shop.py:2)"),
        ("x = “a”", "invalid character '“' (U+201C) (shop.py:1). Write straight quotes instead of curly ones."),
        ("@tag(a='b')\ndef x() -> int: ...", "name 'tag' is not defined (shop.py:1). Add `from headwater import tag`."),
        ("xyz", "name 'xyz' is not defined (shop.py:1). Import or define this name"),
        ("def x(y) -> int:\n    return 1", "`x` (shop.py:1) has no annotation for parameter `y`."),
    ],
)
def test_the_message_has_a_location_and_a_remedy(session: Session, code: str, message: str) -> None:
    session.update({"shop.py": code})
    session.run()
    assert run_check(session, Exercise(""))["message"].startswith(message)
