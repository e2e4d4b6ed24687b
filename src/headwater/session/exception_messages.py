"""Messages for exceptions, with an explanation if the text of the exception is too short to be clear."""

from __future__ import annotations

from typing import Final

from headwater.previews.texts import plain_text_of, type_name
from headwater.session.limitations import limitation

_MAX_CODE_LENGTH: Final = 40


def exception_message(error: BaseException) -> str:
    """Return the message of an exception.

    If the exception's text alone is not clear, the message starts with the name of its class.
    """
    limited = limitation(error)
    if limited is not None:
        return limited
    text = plain_text_of(error.msg if isinstance(error, SyntaxError) and error.msg else error)
    match error:
        case SystemExit():
            return _exit_message(text)
        case KeyError() if type(error).__str__ is KeyError.__str__:
            return f"{type_name(error)}: {text}"
        case _:
            return text if text.strip() else f"{type_name(error)} without a message"


def _exit_message(status: str) -> str:
    shown = status if len(status) <= _MAX_CODE_LENGTH else f"{status[: _MAX_CODE_LENGTH - 1]}…"
    suffix = "" if status in ("", "None") else f" ({shown})"
    return f"The code tried to exit Python{suffix}. Return a value or raise an error instead."
