"""`check_output` and `check_output_custom`: checks for the value that a function returns."""

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
    """Check the value that a function returns: `@check_output(range=(0, 1), importance="fail")`.

    | check | applies to | passes if |
    |---|---|---|
    | `range=(low, high)` | comparable values, columns | every value is between the bounds, inclusive; a missing value fails |
    | `values_in=[...]` | single values, columns | every value is in the list; missing values in a column are ignored |
    | `data_type=float` | any value | the value is an instance of the class, or the column has the matching dtype |
    | `allow_none=False` | any value | the value is not None |
    | `allow_nans=False` | numbers, columns | no value is missing |
    | `max_fraction_nans=0.05` | columns | at most 5% of the values are missing |
    | `max_standard_dev=2.0` | columns | the sample standard deviation is at most 2.0 |
    | `mean_in_range=(low, high)` | columns | the mean is between the bounds, inclusive |
    | `contains="a"`, or `["a", "b"]` | strings, columns of strings | each string contains all of the given substrings |
    | `does_not_contain="a"` | strings, columns of strings | no string contains any of the given substrings |
    | `schema=Prices` | data frames and columns | the pandera schema accepts the value |
    | `model=Person` | instances of the model, dictionaries | the pydantic model accepts the value in strict mode |

    Columns are pandas or polars `Series`, or numpy arrays. Null, None and NaN are treated as missing. With
    `schema="annotation"` or `model="annotation"`, the schema or model in the return annotation of the function is used.

    A `rate` function becomes several nodes:

    - `rate_raw` is the value that the function returned.
    - `rate_range_validator` is the `ValidationResult` of the check. There is one such node for each check, tagged
      `headwater.check`.
    - `rate` is the checked value.

    With `importance="warn"`, a failed check issues a `CheckWarning`. With `"fail"`, it raises `ChecksFailed`, which lists all
    failed checks of the function, including those of other `check_output` decorators.

    Args:
        importance: "warn" or "fail".
        target_: the function's nodes to check: a list of names, `...` for all, or None for the leaf nodes.
        checks: the checks.

    Raises:
        DecoratorError: for an unknown check, an invalid argument, or a type that the check does not support.
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
            raise decorator_error(name, function, f"it needs at least one check: {', '.join(CHECKS)}.")
        try:
            requested = built_in_checks(checks, importance)
        except InvalidCheck as error:
            raise decorator_error(name, function, str(error)) from None
        return attach(CheckOutput(name, requested, target_), function)

    return decorate


@takes_functions("check_output_custom")
def check_output_custom(*validators: CustomValidator, importance: Importance = "warn", target_: Target = None) -> Decorator:
    """Use custom validators to check the value that a function returns: `@check_output_custom(sums_to_one)`.

    A validator is a function that takes one parameter and returns True, False or a `ValidationResult`. It can also be an object
    that implements `headwater.quality.Validator`. Both kinds may be asynchronous. For a validator function, the
    annotation of its first parameter determines the types to which the check applies, and the first line of its docstring
    describes the check. Nodes and failures are the same as with `check_output`.

    Args:
        validators: the validators.
        importance: "warn" or "fail", unless the validator defines its own.
        target_: the function's nodes to check: a list of names, `...` for all, or None for the leaf nodes.

    Raises:
        DecoratorError: there are no validators, a validator is invalid, or it does not apply to the function's return type.
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
            raise decorator_error(name, function, "it needs at least one validator: `@check_output_custom(is_even)`.")
        try:
            requested = custom_checks(validators, importance)
        except InvalidCheck as error:
            raise decorator_error(name, function, str(error)) from None
        return attach(CheckOutput(name, requested, target_), function)

    return decorate


@dataclass(frozen=True, slots=True)
class CheckOutput:
    """The modifier behind `check_output` and `check_output_custom`."""

    name: str
    checks: tuple[Check, ...]
    target: Target = None
    phase = Phase.TRANSFORM

    def apply(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Return the nodes, with each target replaced by its raw value, the results of its checks, and the checked value."""
        used_names = {node.name for node in nodes}
        return replace_nodes(nodes, {node.name: self._add_checks(node, used_names) for node in self._targets(nodes)})

    def _targets(self, nodes: Sequence[Node]) -> Sequence[Node]:
        selected = targets(self.name, nodes, self.target)
        if not isinstance(self.target, EllipsisType):
            return selected
        exempt = check_node_names(nodes)
        return [node for node in selected if node.name not in exempt]

    def _add_checks(self, node: Node, used_names: set[str]) -> Sequence[Node]:
        try:
            return add_checks(node, self.checks, used_names)
        except InvalidCheck as error:
            raise decorator_error(self.name, node, str(error)) from None
