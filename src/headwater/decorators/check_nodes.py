"""The nodes that checks make around a value: what it was, what each check says of it, and the value once checked."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.decorators.protocol import unique_name
from headwater.graph.node import NO_TAGS, Dependency, Node
from headwater.graph.operation import Gate, GateCheck, Origin, Validate
from headwater.quality.build import Check
from headwater.quality.validator import CHECK_TAG, ValidationResult


def add_checks(node: Node, checks: Sequence[Check], taken: set[str]) -> list[Node]:
    """The nodes in the place of one: its raw value, the checks' results, and itself. `taken` holds names that are.

    A node that is checked already gets further checks, so that all of them are reported together.

    Raises:
        InvalidCheck: a check cannot check values of the node's type.
    """
    before = node.operation if isinstance(node.operation, Gate) else None
    raw = [] if before else [node.replaced(name=unique_name(f"{node.name}_raw", taken), tags=NO_TAGS)]
    value = node.dependencies[0] if before else Dependency("value", raw[0].name, node.type)
    validators = [_validator(node, value, check, taken) for check in checks]
    listed = tuple(GateCheck(check.name, check.importance) for check in checks)
    results = [Dependency(validator.name, validator.name, ValidationResult) for validator in validators]
    checked = node.replaced(
        operation=Gate(
            before.node if before else Origin(node.name, node.location), (*(before.checks if before else ()), *listed)
        ),
        arguments=(*(node.arguments if before else (value,)), *results),
    )
    return [*raw, *validators, checked]


def check_node_names(nodes: Sequence[Node]) -> frozenset[str]:
    """The names of the nodes that only checks have made: raw values and results."""
    return frozenset(
        dependency.source for node in nodes if isinstance(node.operation, Gate) for dependency in node.dependencies
    )


def _validator(node: Node, value: Dependency, check: Check, taken: set[str]) -> Node:
    return node.replaced(
        name=unique_name(f"{node.name}_{check.name}_validator", taken),
        type=ValidationResult,
        operation=Validate(check.validate_for(node.type)),
        arguments=(value,),
        tags={CHECK_TAG: check.name},
        doc=check.doc_for(node.name),
    )
