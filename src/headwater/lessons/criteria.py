"""`Criteria`: the checklist of the conditions in a check."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from headwater.lessons.failure import CheckFailure, NodeNotDefined, NodeWithoutValue, WrongValue
from headwater.previews.texts import truncate
from headwater.wire.bounds import MAX_CRITERIA, MAX_CRITERION_LENGTH
from headwater.wire.views import CriterionView


@dataclass(slots=True)
class Criteria:
    """The conditions that a check has evaluated so far."""

    views: list[CriterionView] = field(default_factory=list[CriterionView])
    hint: str | None = None
    """The hint for the first condition that is not met or cannot be evaluated. None if all are met."""
    failed_node: str = ""
    """A clause that says why a condition could not be evaluated, such as "`price` failed". Empty if there is none."""

    def expect(
        self, condition: bool | Callable[[], object] | None, criterion: str, *, hint: str | Callable[[], str] | None = None
    ) -> None:
        """Add a condition to the list. The check continues, and fails at the end if a condition is not met.

        Args:
            condition: the condition. If it needs a node that might not exist yet or might fail, pass a function without
                parameters, such as `lambda: value("total") == 3`. If a node that it needs has no value, the check continues,
                and the list shows that the condition was not evaluated. Passing None has the same effect.
            criterion: the condition in words, as the learner sees it in the list.
            hint: the message if this is the first condition that is not met. By default, the message names the criterion.
                If the hint needs a value, pass a function without parameters. It is called only if the condition is not met.
        """
        passed, reason = self._evaluate(condition)
        self.views.append({"text": truncate(criterion, MAX_CRITERION_LENGTH), "passed": passed})
        if not passed and self.hint is None:
            self.hint = reason or (hint() if callable(hint) else hint) or f"Not met yet: {criterion}"

    @property
    def message(self) -> str:
        """The first hint, and the failed node on which other conditions depend. Empty if all conditions are met."""
        hint = self.hint or ""
        if not hint or self.failed_node in hint:
            return hint
        return f"{hint}\nSome criteria were not checked: {self.failed_node}."

    def note(self, failure: CheckFailure) -> None:
        """Record that a node failed, so that the message can say why conditions were not evaluated."""
        if isinstance(failure, NodeWithoutValue):
            clause, _, _error = str(failure).partition(":")
            self.failed_node = self.failed_node or clause.removesuffix(".")

    def _evaluate(self, condition: bool | Callable[[], object] | None) -> tuple[bool | None, str]:
        """Return whether a condition is met, and the reason if evaluating it raised a `CheckFailure`.

        A condition about a node that does not exist, or about a wrong value, is not met. None means that the condition cannot
        be evaluated.
        """
        if not callable(condition):
            return None if condition is None else bool(condition), ""
        try:
            return bool(condition()), ""
        except CheckFailure as failure:
            self.note(failure)
            return False if isinstance(failure, NodeNotDefined | WrongValue) else None, str(failure)

    def listed(self, source: str) -> list[CriterionView]:
        """Return the checklist. If the check ended early, the criteria that it did not reach are added as not evaluated."""
        evaluated = {view["text"] for view in self.views}
        pending = (truncate(text, MAX_CRITERION_LENGTH) for text in _criteria_in(source))
        missing: list[CriterionView] = [{"text": text, "passed": None} for text in pending if text not in evaluated]
        return [*self.views, *missing][:MAX_CRITERIA]


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
