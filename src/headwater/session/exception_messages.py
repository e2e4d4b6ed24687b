"""What an exception says, where its own words are not enough to know what went wrong."""

from __future__ import annotations

from typing import Final

from headwater.previews.texts import plain_text_of, type_name
from headwater.session.limitations import limitation

_LONGEST_CODE: Final = 40


def exception_message(error: BaseException) -> str:
    """The text of an exception. One that says a key, a number or nothing alone has the name of its class before it."""
    limited = limitation(error)
    if limited is not None:
        return limited
    said = plain_text_of(error.msg if isinstance(error, SyntaxError) and error.msg else error)
    match error:
        case SystemExit():
            return _ending(said)
        case KeyError() if type(error).__str__ is KeyError.__str__:
            return f"{type_name(error)}: {said}"
        case _:
            return said if said.strip() else f"{type_name(error)}, without a message"


def _ending(said: str) -> str:
    status = "" if said in ("", "None") else f" ({said if len(said) <= _LONGEST_CODE else said[: _LONGEST_CODE - 1] + '…'})"
    return f"The code tried to end Python{status}. A function ends by returning its value or by raising an error."
