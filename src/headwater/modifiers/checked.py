"""The nodes that checks make around a value: what it was, what each check says of it, and the value once checked."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from headwater.errors import ChecksFailed, CheckWarning
from headwater.modifiers.protocol import free_name
from headwater.node import NO_TAGS, Dependency, Node
from headwater.quality.validator import CHECK_TAG, Importance, ValidationResult
from headwater.quality.wanted import Check


def checked_nodes(node: Node, checks: Sequence[Check], taken: set[str]) -> list[Node]:
    """The nodes in the place of one: its raw value, the checks' results, and itself. `taken` holds names that are.

    A node that is checked already gets further checks, so that all of them are reported together.

    Raises:
        Unusable: a check cannot check values of the node's type.
    """
    before = node.call if isinstance(node.call, Checked) else None
    raw = [] if before else [node.replaced(name=free_name(f"{node.name}_raw", taken), tags=NO_TAGS)]
    value = node.dependencies[0] if before else Dependency("value", raw[0].name, node.type)
    validators = [_validator(node, value, check, taken) for check in checks]
    said = tuple(Said(check.name, check.importance) for check in checks)
    results = [Dependency(validator.name, validator.name, ValidationResult) for validator in validators]
    checked = node.replaced(
        call=Checked(before.node if before else node, (*(before.said if before else ()), *said)),
        arguments=(*(node.arguments if before else (value,)), *results),
    )
    return [*raw, *validators, checked]


def made_by_checks(nodes: Sequence[Node]) -> frozenset[str]:
    """The names of the nodes that only checks have made: raw values and results."""
    return frozenset(dependency.source for node in nodes if isinstance(node.call, Checked) for dependency in node.dependencies)


def _validator(node: Node, value: Dependency, check: Check, taken: set[str]) -> Node:
    return node.replaced(
        name=free_name(f"{node.name}_{check.name}_validator", taken),
        type=ValidationResult,
        call=check.validate_for(node.type),
        arguments=(value,),
        tags={CHECK_TAG: check.name},
        doc=check.documented(node.name),
    )


class Said(NamedTuple):
    """A check of which `Checked` gets the result."""

    name: str
    importance: Importance


class Checked:
    """Returns the value that it gets, having looked at the results of the checks."""

    __slots__ = ("node", "said")

    def __init__(self, node: Node, said: tuple[Said, ...]) -> None:
        self.node = node
        self.said = said

    def __call__(self, value: Any, *results: ValidationResult) -> Any:
        """The value.

        Raises:
            ChecksFailed: a check of importance "fail" did not pass; the error lists all that did not, of whatever importance.
        """
        failed = [(check, result.message) for check, result in zip(self.said, results, strict=True) if not result.passes]
        if any(check.importance == "fail" for check, _ in failed):
            listed = [f"{one.name}: {message}{'' if one.importance == 'fail' else ' (a warning)'}" for one, message in failed]
            raise ChecksFailed(self.node.name, listed, self.node.place)
        for check, message in failed:
            place = self.node.place
            warning = f"The value of `{self.node.name}` ({place}) does not pass its check {check.name}: {message}"
            warnings.warn_explicit(warning, CheckWarning, place.file, place.line)
        return value
