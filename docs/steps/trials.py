"""Proof that a step works: its start fails with a helpful message, its solution passes, and each wrong answer is recognized."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from headwater.lessons import Exercise, Mutant, run_check
from headwater.session import Session
from steps.step import MIN_WRONG, Answer, Step

if TYPE_CHECKING:
    from headwater.wire.views import CheckView

UNHELPFUL: Final = ("The check raised", "Not yet:")
"""The beginnings of messages that only the author of a check can understand."""


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a step's check."""

    step: Step
    start_errors: tuple[str, ...]
    """The kinds of errors in the step's start files."""
    start: CheckView
    solution: CheckView
    wrong: dict[str, CheckView]

    def faults(self) -> Iterator[str]:
        """Yield the faults of the step."""
        expected = () if self.step.fails is None else (self.step.fails,)
        if self.start_errors != expected:
            found, intended = (", ".join(kinds) or "no errors" for kinds in (self.start_errors, expected))
            yield f"The start should have {intended}, but it has {found}. If an error is intended, set `fails` in step.toml."
        yield from _rejection_faults("The start", self.start)
        if not self.solution["passed"]:
            yield f"The solution does not pass: {self.solution['message']}"
        if len(self.wrong) < MIN_WRONG:
            yield f"The step has {len(self.wrong)} wrong answers, but needs at least {MIN_WRONG}."
        for name, view in self.wrong.items():
            yield from _rejection_faults(f"The wrong answer `{name}`", view)
            expected_message = self.step.wrong[name].message
            if not view["passed"] and view["message"] != expected_message:
                yield f"The wrong answer `{name}` should get the message\n{expected_message}\nbut gets\n{view['message']}"


def try_step(step: Step) -> Report:
    """Run a step's check on its start, its solution, and each wrong answer."""
    with Session() as session:
        attempts = _Attempts(session, step)
        start = attempts.check(Answer())
        errors = attempts.start_errors
        solution = attempts.check(step.solution)
        return Report(step, errors, start, solution, {name: attempts.check(wrong.answer) for name, wrong in step.wrong.items()})


def choice_faults(step: Step) -> Iterator[str]:
    """Yield the faults of a question."""
    wrong = sum(not choice.correct for choice in step.choices)
    if wrong < MIN_WRONG:
        yield f"The question has {wrong} wrong choices, but needs at least {MIN_WRONG}."


def faults(step: Step) -> list[str]:
    """Return the faults of a step."""
    return list(choice_faults(step) if step.kind == "choose" else try_step(step).faults())


class _Attempts:
    """Attempts at a step in one session, like those of a learner who starts over after each."""

    def __init__(self, session: Session, step: Step) -> None:
        self._session = session
        self._step = step
        self._initial = {**step.start, **step.data_texts}
        self.start_errors: tuple[str, ...] = ()

    def check(self, answer: Answer) -> CheckView:
        """Return the result of the check for an answer."""
        step, session = self._step, self._session
        session.update(self._initial)
        run = session.run(step.outputs)
        self.start_errors = tuple(problem["kind"] for problem in run["problems"] if problem["severity"] == "error")
        if step.edit or answer.files or answer.values:
            session.update({**self._initial, **step.edit, **answer.files}, **answer.values)
            session.run(step.outputs)
        mutants = [Mutant(mutant.fault, mutant.files) for mutant in step.mutants]
        return run_check(session, Exercise(step.check, step.start, frozenset(answer.selected), mutants))


def _rejection_faults(subject: str, view: CheckView) -> Iterator[str]:
    if view["passed"]:
        yield f"{subject} passes, but it should fail with a helpful message."
    elif view["message"].startswith(UNHELPFUL):
        yield f"{subject} gets an unhelpful message: {view['message']}\nGive the condition a message or a hint."
