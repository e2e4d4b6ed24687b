"""Applies check rules to the nodes of all functions when a graph is built."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater.decorators.check_nodes import add_checks, check_node_names
from headwater.errors import CheckRuleError, HeadwaterError, UnusedNameWarning, raise_all
from headwater.graph.node import Node
from headwater.quality.errors import InvalidCheck
from headwater.quality.rules import CheckRule


def apply_rules(nodes: Sequence[Node], rules: Sequence[CheckRule]) -> list[Node]:
    """Return the nodes, with checks added to the nodes that the rules select.

    Rules never select raw values, results of other checks, or inputs of subdags. Warns about a rule that does not
    match any node.

    Raises:
        CheckRuleError: if a rule selects a node that it cannot check. `SeveralErrors` if there are several errors.
    """
    exempt = check_node_names(nodes) | {node.name for node in nodes if node.is_received}
    # One set per module: if a node replaces another module's node of the same name, the checks of both nodes have the same
    # names, so the checks are replaced, too.
    used_names: dict[str | None, set[str]] = defaultdict(set)
    for node in nodes:
        used_names[node.module].add(node.name)
    used: set[int] = set()
    errors: list[HeadwaterError] = []
    result: list[Node] = []
    for node in nodes:
        indices = [] if node.name in exempt else [index for index, rule in enumerate(rules) if rule.matches(node)]
        used.update(indices)
        matching = [rules[index] for index in indices]
        rule_errors = [error for rule in matching for error in _rule_errors(rule, node)]
        errors += rule_errors
        node_checks = [check for rule in matching for check in rule.checks]
        result += add_checks(node, node_checks, used_names[node.module]) if node_checks and not rule_errors else [node]
    raise_all(errors)
    for index, rule in enumerate(rules):
        if index not in used:
            message = f"{rule.description} does not match any node. Check the names, types and tags in its `where`."
            warnings.warn_explicit(message, UnusedNameWarning, rule.location.file, rule.location.line)
    return result


def _rule_errors(rule: CheckRule, node: Node) -> Iterable[HeadwaterError]:
    for check in rule.checks:
        try:
            check.validate_for(node.type)
        except InvalidCheck as error:
            yield CheckRuleError(
                f"{rule.description}, applied to `{node.name}` ({node.location}): {error} "
                "Add `.where(type=...)` to select only nodes of a type that the check supports.",
                [rule.location, node.location],
                node.name,
            )
