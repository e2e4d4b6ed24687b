"""`reason_unloadable`: why the learner's code cannot be loaded, and what to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from headwater.session import Session

_REMEDIES: Final = (
    (re.compile(r"^name '\w+' is not defined \([^)]*\)$"), "Import or define this name above the line that uses it."),
    (re.compile("^invalid character '[\u2018\u2019\u201c\u201d]'"), "Write straight quotes instead of curly ones."),
)
"""Remedies for Python errors whose messages do not suggest one. Phone keyboards enter curly quotes."""


def reason_unloadable(session: Session) -> str:
    """Return the reason that the learner's code could not be loaded, or an empty string if there is none."""
    failure = session.failure or ""
    remedy = next((remedy for message, remedy in _REMEDIES if message.search(failure)), "")
    return f"{failure}. {remedy}" if remedy else failure
