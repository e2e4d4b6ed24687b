"""The names that a check can use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.lessons.puzzle import Puzzle
from headwater.lessons.run_facts import RunFacts
from headwater.lessons.similarity import is_similar

if TYPE_CHECKING:
    from headwater.lessons.criteria import Criteria
    from headwater.lessons.exercise import Exercise
    from headwater.lessons.learner_tests import LearnerTests
    from headwater.lessons.trials import StepStart, Trials
    from headwater.session.latest_run import LatestRun


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a check can use, and their values."""

    latest: LatestRun
    exercise: Exercise
    criteria: Criteria
    trials: Trials
    start: StepStart
    tests: LearnerTests

    def names(self) -> dict[str, Any]:
        """Return the names with their values. `docs/guides/writing-lessons.md` describes each name."""
        facts = RunFacts(self.latest, self.start.outlined_names)
        puzzle = Puzzle(facts, self.criteria)
        return {
            # The dataflow.
            "nodes": facts.nodes,
            "node": facts.node,
            "reads": facts.reads,
            "depends": facts.depends,
            "upstream": facts.upstream,
            "downstream": facts.downstream,
            "functions": facts.functions,
            "isomorphic": puzzle.isomorphic,
            "difference": puzzle.difference,
            "files": self.tests.files,
            # The latest run.
            "value": facts.value,
            "ran": facts.computed,
            "reused": facts.reused,
            "problems": facts.problems,
            # Runs in a separate session.
            "run": self.trials.run,
            "call": self.trials.call,
            # The starting code of the step.
            "start": self.start,
            "reruns": lambda: self.start.reruns(self.tests.files, self.latest.outputs),
            "changed": lambda *names: self._changed(facts, names),
            "unchanged": lambda *names: not self._changed(facts, names),
            # The learner's answer.
            "selected": self.exercise.selected,
            "predicted": self.exercise.selected,
            "tests": self.tests,
            "check_tests": self._check_tests,
            # The conditions of the check.
            "expect": self.criteria.expect,
            "same": is_similar,
            "check_puzzle": puzzle.check,
        }

    def _changed(self, facts: RunFacts, names: tuple[str, ...]) -> frozenset[str]:
        return self.start.changed(facts, names or sorted(self.start.nodes))

    def _check_tests(self) -> None:
        """Require tests that pass on the correct code and detect every mutant."""
        expect, failures, ignored = self.criteria.expect, self.tests.failures, "\n".join(self.tests.ignored)
        expect(
            bool(failures), "There is at least one test.", hint=ignored or "Write a function whose name starts with `test_`."
        )
        if failures and ignored:
            expect(False, "Every function whose name starts with `test_` runs.", hint=ignored)
        failed = [
            f"`{name}` fails, although the code is correct: {_ended(reason)}" for name, reason in failures.items() if reason
        ]
        expect(not failed if failures else None, "All tests pass on the correct code.", hint="\n".join(failed))
        detects = f"The tests detect all {len(self.tests.mutants)} faults."
        if failed or not failures:
            expect(None, detects)
            return
        survivors = self.tests.survivors
        faults = "\n".join(f"- {fault}" for fault in survivors)
        these = "this fault" if len(survivors) == 1 else "these faults"
        expect(not survivors, detects, hint=f"All tests pass on code with {these}:\n{faults}")


def _ended(text: str) -> str:
    """Add a period to text, unless it already ends with a period, an exclamation mark or a question mark."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
