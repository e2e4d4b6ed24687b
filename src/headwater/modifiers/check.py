"""`check_output`: checks on the value that a function returns."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from headwater import typing_rules
from headwater.errors import ChecksFailed, CheckWarning
from headwater.modifiers.protocol import Decorator, F, Phase, attach, misuse
from headwater.node import Dependency, Node
from headwater.quality.arguments import CHECKS, fault_of
from headwater.quality.resolve import validator_for
from headwater.quality.validator import ValidationResult
from headwater.suggestions import did_you_mean

Importance = Literal["warn", "fail"]


def check_output(*, importance: Importance = "warn", **checks: Any) -> Decorator:
    """Checks the value that a function returns: `@check_output(range=(0, 1), importance="fail")`.

    | check | passes if |
    |---|---|
    | `range=(low, high)` | the value, or every one of a column, lies between both, bounds included; NaN does not |
    | `allow_nans=False` | it is not NaN, or no value of the column is |
    | `data_type=float` | the value is of the type, or the column's dtype is |
    | `values_in=[...]` | the value is one of these; a column's missing values are not looked at |

    A function `rate` becomes the nodes `rate_raw` (what it returned), `rate_range_validator` (what the check says, a
    `ValidationResult`; one for each check) and `rate` (the same value, once checked). With `importance="warn"`, a failure is
    a `CheckWarning`; with `"fail"` it raises `ChecksFailed`, which lists all checks that did not pass.

    Raises:
        DecoratorError: for an unknown check, an argument that makes no sense, or a type that cannot be checked so.
        ChecksFailed: while running, with importance "fail".

    >>> from headwater import Builder, check_output
    >>> @check_output(range=(0.0, 1.0), importance="fail")
    ... def share(part: float, whole: float) -> float:
    ...     return part / whole
    >>> Builder().with_functions(share).build().execute(["share"], inputs={"part": 1.0, "whole": 4.0})
    {'share': 0.25}
    """

    def decorate(function: F) -> F:
        if importance not in ("warn", "fail"):
            raise misuse("check_output", function, f'`importance` is "warn" or "fail", and not {importance!r}.')
        if not checks:
            raise misuse("check_output", function, f"it needs something to check: {', '.join(CHECKS)}.")
        for name, argument in checks.items():
            if name not in CHECKS:
                reason = f"there is no check `{name}`.{did_you_mean(name, CHECKS)} There are: {', '.join(CHECKS)}."
                raise misuse("check_output", function, reason)
            fault = fault_of(name, argument)
            if fault:
                raise misuse("check_output", function, f"{fault}.")
        return attach(CheckOutput(tuple(checks.items()), importance), function)

    return decorate


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """The modifier behind `check_output`."""

    checks: tuple[tuple[str, Any], ...]
    importance: Importance
    name = "check_output"
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes; each that nothing else of the function reads is made from its raw value and the checks' results."""
        read = {dependency.source for node in nodes for dependency in node.dependencies}
        taken = {node.name for node in nodes}
        return [new for node in nodes for new in ([node] if node.name in read else self._checked(node, taken))]

    def _checked(self, node: Node, taken: set[str]) -> Sequence[Node]:
        raw = node.renamed(_free(f"{node.name}_raw", taken))
        validators = [
            self._validator(node, raw, name, argument).renamed(_free(f"{node.name}_{name}_validator", taken))
            for name, argument in self.checks
        ]
        checked = node.replaced(
            call=Checked(node, self.importance, tuple(name for name, _ in self.checks)),
            arguments=(
                Dependency("value", raw.name, node.type),
                *(Dependency(validator.name, validator.name, ValidationResult) for validator in validators),
            ),
        )
        return [raw, *validators, checked]

    def _validator(self, node: Node, raw: Node, name: str, argument: Any) -> Node:
        validate = validator_for(name, argument, node.type)
        if validate is None:
            reason = f"`{name}` cannot check a value of type {typing_rules.displayed(node.type)}."
            raise misuse(self.name, node, reason)
        return node.replaced(
            type=ValidationResult,
            call=validate,
            arguments=(Dependency("value", raw.name, node.type),),
            doc=f"What the check `{name}={argument!r}` says of `{node.name}`.",
        )


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number where another `check_output` on the same function has it already."""
    candidates = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(1)))
    free = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(free)
    return free


class Checked:
    """Returns the value that it gets, having looked at the results of the checks."""

    __slots__ = ("_checks", "_importance", "_node")

    def __init__(self, node: Node, importance: Importance, checks: Sequence[str]) -> None:
        self._node = node
        self._importance = importance
        self._checks = checks

    def __call__(self, value: Any, *results: ValidationResult) -> Any:
        """The value.

        Raises:
            ChecksFailed: a check of importance "fail" did not pass.
        """
        node = self._node
        failures = [
            f"{name}: {result.message}" for name, result in zip(self._checks, results, strict=True) if not result.passes
        ]
        if failures and self._importance == "fail":
            raise ChecksFailed(node.name, failures, node.place)
        for failure in failures:
            message = f"The value of `{node.name}` ({node.place}) does not pass its check {failure}"
            warnings.warn_explicit(message, CheckWarning, node.place.file, node.place.line)
        return value
