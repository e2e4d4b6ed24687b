"""`run_check`: runs a lesson's check against the latest run of a session, and reports mistakes."""

from __future__ import annotations

import ast
import traceback
from typing import TYPE_CHECKING, Final

from headwater.lessons.criteria import Criteria
from headwater.lessons.failure import CheckFailure
from headwater.lessons.learner_tests import LearnerTests
from headwater.lessons.missing_value import missing_return
from headwater.lessons.trials import StepStart, Trials
from headwater.lessons.unloadable import reason_unloadable
from headwater.lessons.vocabulary import Vocabulary
from headwater.previews.texts import MAX_MESSAGE_LENGTH, plain_text_of, truncate, type_name
from headwater.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from headwater.lessons.exercise import Exercise
    from headwater.session.latest_run import LatestRun
    from headwater.wire.views import CheckView

FILE: Final = "check.py"
MODULE: Final = ".py"


def run_check(session: Session, exercise: Exercise) -> CheckView:
    """Run a check against the latest run of a session, without changing the session's values or states.

    >>> from headwater.lessons import Exercise
    >>> with Session() as session:
    ...     session.update({"prices.py": "def total(price: int = 2) -> int: return price * 3"})
    ...     _ = session.run()
    ...     run_check(session, Exercise("assert value('total') == 8, 'Multiply by 4.'"))
    {'passed': False, 'message': 'Multiply by 4.', 'criteria': []}
    """
    latest = session.latest_run
    if latest is None:
        return _view(reason_unloadable(session) or "Run the code first.")
    data = {name: text for name, text in session.texts.items() if not name.endswith(MODULE)}
    with Session() as trial, Session() as start, session.active():
        trial.update(session.texts)
        start.update({**data, **exercise.start})
        criteria = Criteria()
        tests = LearnerTests(session.texts, start.texts, exercise.mutants)
        names = Vocabulary(latest, exercise, criteria, Trials(trial), StepStart(start), tests).names()
        message = _execute(exercise.check, names, criteria)
        return _view(_with_missing_return(criteria.message or message, latest), criteria, exercise.check)


def _execute(source: str, names: Mapping[str, Any], criteria: Criteria) -> str:
    """Run a check. Return the reason why the check ended early, or an empty string if it ran to the end."""
    try:
        exec(compile(source, FILE, "exec"), {"__name__": "check", **names})  # noqa: S102 - runs in the dataflow's sandbox
    except KeyboardInterrupt:
        raise
    except CheckFailure as failure:
        criteria.note(failure)
        return str(failure)
    except AssertionError as error:
        return plain_text_of(error) or f"Not yet: `{_condition(source, _line(error))}` is false."
    except BaseException as error:  # noqa: BLE001 - a value may raise anything when it is used
        where = f" ({FILE}:{line})" if (line := _line(error)) else ""
        return f"The check raised {type_name(error)}: {plain_text_of(error)}{where}."
    return ""


def _with_missing_return(message: str, latest: LatestRun) -> str:
    """Append a note about a missing `return` to the message of a failed check, unless the message already mentions `None`."""
    note = missing_return(latest) if message and "None" not in message else ""
    return f"{message.rstrip()} {note}" if note else message


def _view(message: str, criteria: Criteria | None = None, source: str = "") -> CheckView:
    """Return the result of a check. The check has passed if there is no message."""
    if not message:
        return {"passed": True, "message": "", "criteria": [] if criteria is None else criteria.listed(source)}
    listed = [] if criteria is None else criteria.listed(source)
    return {"passed": False, "message": truncate(message, MAX_MESSAGE_LENGTH), "criteria": listed}


def _line(error: BaseException) -> int | None:
    """Return the line of the check that raised an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == FILE), None)


def _condition(source: str, line: int | None) -> str:
    """Return the source of the condition that is asserted on a line."""
    for statement in ast.walk(ast.parse(source)):
        if (
            isinstance(statement, ast.Assert)
            and line is not None
            and statement.lineno <= line <= (statement.end_lineno or line)
        ):
            return ast.unparse(statement.test)
    return "the assertion"
