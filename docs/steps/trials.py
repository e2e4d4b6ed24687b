"""Proof that a step works: its start fails with a helpful message, its solution passes, and each wrong answer is recognized."""

from __future__ import annotations

import ast
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
    solution_in_other_runs: dict[str, CheckView]
    """The same in runs that do not follow a run of the start, keyed by the words for the run."""
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
        else:
            for when, view in self.solution_in_other_runs.items():
                if not view["passed"]:
                    yield (
                        f"The solution passes right after a run of the start, but not {when}: {view['message']}\n"
                        "Use `reruns()` instead of `ran` and `reused`."
                    )
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
        wrong = {name: attempts.check(wrong.answer) for name, wrong in step.wrong.items()}
    return Report(step, errors, start, solution, _other_runs_of_solution(step) if _reads_runs(step) else {}, wrong)


def _reads_runs(step: Step) -> bool:
    """Return whether the check depends on the learner's runs. In a step of kind `predict`, the page determines these runs."""
    names = {node.id for node in ast.walk(ast.parse(step.check)) if isinstance(node, ast.Name)}
    return step.kind != "predict" and not names.isdisjoint({"ran", "reused"})


def _other_runs_of_solution(step: Step) -> dict[str, CheckView]:
    """Check the solution of a learner who edits the code before the first run, or who runs it twice."""
    views: dict[str, CheckView] = {}
    with Session() as session:
        attempts = _Attempts(session, step)
        for when in ("in the first run", "in a second run"):
            attempts.run(step.solution)
            views[when] = attempts.check_run(step.solution)
    return views


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
        """Return the result of the check for an answer that replaces the start."""
        session = self._session
        session.update(self._initial)
        run = session.run(self._step.outputs)
        self.start_errors = tuple(problem["kind"] for problem in run["problems"] if problem["severity"] == "error")
        if self._step.edit or answer.files or answer.values:
            self.run(answer)
        return self.check_run(answer)

    def run(self, answer: Answer) -> None:
        """Run an answer."""
        self._session.update({**self._initial, **self._step.edit, **answer.files}, **answer.values)
        self._session.run(self._step.outputs)

    def check_run(self, answer: Answer) -> CheckView:
        """Return the result of the check for the latest run."""
        step = self._step
        mutants = [Mutant(mutant.fault, mutant.files) for mutant in step.mutants]
        return run_check(self._session, Exercise(step.check, step.start, frozenset(answer.selected), mutants))


def _rejection_faults(subject: str, view: CheckView) -> Iterator[str]:
    if view["passed"]:
        yield f"{subject} passes, but it should fail with a helpful message."
    elif view["message"].startswith(UNHELPFUL):
        yield f"{subject} gets an unhelpful message: {view['message']}\nGive the condition a message or a hint."
