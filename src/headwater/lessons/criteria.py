"""`Criteria`: the checklist of the conditions in a check."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from headwater.lessons.failure import CheckFailure
from headwater.previews.texts import truncate
from headwater.wire.bounds import MAX_CRITERIA, MAX_CRITERION_LENGTH
from headwater.wire.views import CriterionView


@dataclass(slots=True)
class Criteria:
    """The conditions that a check has evaluated so far."""

    views: list[CriterionView] = field(default_factory=list[CriterionView])
    message: str | None = None
    """The hint for the first condition that is not met. None if all are met."""

    def expect(self, condition: bool | Callable[[], object], criterion: str, *, hint: str | None = None) -> None:
        """Add a condition to the list. The check continues, and fails at its end if a condition is not met.

        Args:
            condition: the condition. If it needs a node that may not exist yet, pass a function without parameters, such as
                `lambda: value("total") == 3`. The check then continues even if the node does not exist.
            criterion: the condition in words, as the learner sees it in the list.
            hint: the message if this is the first condition that is not met. By default, the message names the criterion.
        """
        passed, reason = _evaluate(condition)
        self.views.append({"text": truncate(criterion, MAX_CRITERION_LENGTH), "passed": passed})
        if not passed and self.message is None:
            self.message = reason or hint or f"Still missing: {criterion}"

    def listed(self, source: str) -> list[CriterionView]:
        """Return the checklist. If the check ended early, the criteria that it did not reach are added as not met."""
        evaluated = {view["text"] for view in self.views}
        pending = (truncate(text, MAX_CRITERION_LENGTH) for text in _criteria_in(source))
        missing: list[CriterionView] = [{"text": text, "passed": False} for text in pending if text not in evaluated]
        return [*self.views, *missing][:MAX_CRITERIA]


def _evaluate(condition: bool | Callable[[], object]) -> tuple[bool, str]:
    """Return whether a condition is met, and the reason if it cannot be evaluated."""
    if not callable(condition):
        return bool(condition), ""
    try:
        return bool(condition()), ""
    except CheckFailure as failure:
        return False, str(failure)


def _criteria_in(source: str) -> Iterator[str]:
    """Yield the criteria in a check's source that are string literals, in order."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return
    for statement in statements:
        match statement:
            case ast.Expr(ast.Call(func=ast.Name("expect"), args=[_, ast.Constant(str(text)), *_])):
                yield text
            case _:
                pass
