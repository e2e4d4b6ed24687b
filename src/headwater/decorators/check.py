"""`check_output` and `check_output_custom`: checks on the value that a function returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from headwater.decorators.check_nodes import add_checks, check_node_names
from headwater.decorators.protocol import (
    Decorator,
    F,
    Phase,
    Target,
    attach,
    decorator_error,
    replace_nodes,
    takes_arguments,
    takes_functions,
    targets,
)
from headwater.graph.node import Node
from headwater.quality.arguments import CHECKS
from headwater.quality.build import Check, built_in_checks, custom_checks
from headwater.quality.errors import InvalidCheck
from headwater.quality.validator import CustomValidator, Importance

__all__ = ["check_output", "check_output_custom"]


@takes_arguments("check_output")
def check_output(*, importance: Importance = "warn", target_: Target = None, **checks: Any) -> Decorator:
    """Checks the value that a function returns: `@check_output(range=(0, 1), importance="fail")`.

    | check | for | passes if |
    |---|---|---|
    | `range=(low, high)` | values that compare, columns | all lies between both, bounds included; what is missing does not |
    | `values_in=[...]` | single values, columns | it is one of these; what is missing in a column is not looked at |
    | `data_type=float` | everything | the value is of the class, or the column's dtype is |
    | `allow_none=False` | everything | the value is not None |
    | `allow_nans=False` | numbers, columns | nothing is missing |
    | `max_fraction_nans=0.05` | columns | at most this fraction of the values is missing |
    | `max_standard_dev=2.0` | columns | the sample standard deviation is at most this |
    | `mean_in_range=(low, high)` | columns | the mean lies between both, bounds included |
    | `contains="a"`, or `["a", "b"]` | texts, columns of texts | each text has all of these in it |
    | `does_not_contain="a"` | texts, columns of texts | no text has one of these in it |
    | `schema=Prices` | frames and columns | the pandera schema says so |
    | `model=Person` | models and dictionaries | the pydantic model says so, strictly |

    Columns are `Series` of pandas and polars and arrays of numpy; in all of them null, None and NaN are missing. `schema` and
    `model` may be `"annotation"`: the one that the function is annotated to return.

    A function `rate` becomes the nodes `rate_raw` (what it returned), `rate_range_validator` (what the check says, a
    `ValidationResult`; one for each check, tagged `headwater.check`) and `rate` (the same value, once checked). With
    `importance="warn"`, a failure is a `CheckWarning`; with `"fail"` it raises `ChecksFailed`, which lists all checks that did
    not pass, those of other `check_output` decorators of the function too.

    Args:
        importance: "warn" or "fail".
        target_: which of the function's nodes: by name; all of them (`...`); or those at its end (None).
        checks: the checks.

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
        name = "check_output"
        if not checks:
            raise decorator_error(name, function, f"it needs something to check: {', '.join(CHECKS)}.")
        try:
            wanted = built_in_checks(checks, importance)
        except InvalidCheck as error:
            raise decorator_error(name, function, str(error)) from None
        return attach(CheckOutput(name, wanted, target_), function)

    return decorate


@takes_functions("check_output_custom")
def check_output_custom(*validators: CustomValidator, importance: Importance = "warn", target_: Target = None) -> Decorator:
    """Checks the value that a function returns with validators of one's own: `@check_output_custom(sums_to_one)`.

    A validator is a function of one value that returns True or False, or a `ValidationResult` where there is more to say; or
    an object as `headwater.quality.Validator` describes it. Either may be `async def`. The function's first annotation says
    which values it is for, the first line of its docstring what it checks. All else is as with `check_output`.

    Args:
        validators: the validators.
        importance: "warn" or "fail", where a validator does not say otherwise.
        target_: which of the function's nodes: by name; all of them (`...`); or those at its end (None).

    Raises:
        DecoratorError: without validators, for what is none, or where one does not apply to the type.
        ChecksFailed: while running, with importance "fail".

    >>> from headwater import Builder, check_output_custom
    >>> def is_even(value: int) -> bool:
    ...     "The value is even."
    ...     return value % 2 == 0
    >>> @check_output_custom(is_even)
    ... def pairs(people: int) -> int:
    ...     return people
    >>> Builder().with_functions(pairs).build().execute(["pairs_is_even_validator"], inputs={"people": 3})
    {'pairs_is_even_validator': ValidationResult(passes=False, message='3: The value is even.', diagnostics={})}
    """

    def decorate(function: F) -> F:
        name = "check_output_custom"
        if not validators:
            raise decorator_error(name, function, "it needs a validator: `@check_output_custom(is_even)`.")
        try:
            wanted = custom_checks(validators, importance)
        except InvalidCheck as error:
            raise decorator_error(name, function, str(error)) from None
        return attach(CheckOutput(name, wanted, target_), function)

    return decorate


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """The modifier behind `check_output` and `check_output_custom`."""

    name: str
    checks: tuple[Check, ...]
    target: Target = None
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """The nodes; each of the target is made from its raw value and the checks' results."""
        taken = {node.name for node in nodes}
        return replace_nodes(nodes, {node.name: self._checked(node, taken) for node in self._targets(nodes)})

    def _targets(self, nodes: Sequence[Node]) -> Sequence[Node]:
        chosen = targets(self.name, nodes, self.target)
        if not isinstance(self.target, EllipsisType):
            return chosen
        apart = check_node_names(nodes)
        return [node for node in chosen if node.name not in apart]

    def _checked(self, node: Node, taken: set[str]) -> Sequence[Node]:
        try:
            return add_checks(node, self.checks, taken)
        except InvalidCheck as error:
            raise decorator_error(self.name, node, str(error)) from None
