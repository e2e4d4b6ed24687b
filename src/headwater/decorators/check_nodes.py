"""The nodes of a checked value: the raw value, the result of each check, and the checked value."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.decorators.protocol import unique_name
from headwater.graph.node import NO_TAGS, Dependency, Node
from headwater.graph.operation import Gate, GateCheck, Origin, Validate
from headwater.quality.build import Check
from headwater.quality.validator import CHECK_TAG, ValidationResult


def add_checks(node: Node, checks: Sequence[Check], used_names: set[str]) -> list[Node]:
    """Return the nodes that replace a checked node: its raw value, the results of the checks, and the checked value.

    Checks for a node that is already checked are added to its earlier checks, so all failures are reported together.
    `used_names` holds the node names in use. The new names are added to it.

    Raises:
        InvalidCheck: if a check does not support the type of the node.
    """
    gate = node.operation if isinstance(node.operation, Gate) else None
    raw = [] if gate else [node.replaced(name=unique_name(f"{node.name}_raw", used_names), tags=NO_TAGS)]
    value = node.dependencies[0] if gate else Dependency("value", raw[0].name, node.type)
    validators = [_validator(node, value, check, used_names) for check in checks]
    gate_checks = tuple(GateCheck(check.name, check.importance) for check in checks)
    results = [Dependency(validator.name, validator.name, ValidationResult) for validator in validators]
    checked = node.replaced(
        operation=Gate(gate.node if gate else Origin(node.name, node.location), (*(gate.checks if gate else ()), *gate_checks)),
        arguments=(*(node.arguments if gate else (value,)), *results),
    )
    return [*raw, *validators, checked]


def check_node_names(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the names of the nodes that exist only for checks: raw values and results."""
    return frozenset(
        dependency.source for node in nodes if isinstance(node.operation, Gate) for dependency in node.dependencies
    )


def _validator(node: Node, value: Dependency, check: Check, used_names: set[str]) -> Node:
    return node.replaced(
        name=unique_name(f"{node.name}_{check.name}_validator", used_names),
        type=ValidationResult,
        operation=Validate(check.validate_for(node.type)),
        arguments=(value,),
        tags={CHECK_TAG: check.name},
        doc=check.doc_for(node.name),
    )
