"""Checks for many nodes at once, applied to the nodes of all functions when a graph is built."""

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
    """The nodes, those that rules choose with their checks around them.

    What earlier checks have made is left alone, and so is what a subdag receives.

    Warns of a rule that chooses no node.

    Raises:
        CheckRuleError: or `SeveralErrors`, where rules choose nodes that they cannot check.
    """
    apart = check_node_names(nodes) | {node.name for node in nodes if node.is_received}
    # Nodes of one name from different modules replace one another, and what is made of them has to do so too.
    taken: dict[str | None, set[str]] = defaultdict(set)
    for node in nodes:
        taken[node.module].add(node.name)
    used: set[int] = set()
    errors: list[HeadwaterError] = []
    made: list[Node] = []
    for node in nodes:
        places = [] if node.name in apart else [place for place, rule in enumerate(rules) if rule.matches(node)]
        used.update(places)
        chosen = [rules[place] for place in places]
        faults = [fault for rule in chosen for fault in _rule_errors(rule, node)]
        errors += faults
        wanted = [check for rule in chosen for check in rule.checks]
        made += add_checks(node, wanted, taken[node.module]) if wanted and not faults else [node]
    raise_all(errors)
    for place, rule in enumerate(rules):
        if place not in used:
            message = f"{rule.description}: no node is chosen. Look at the names, types or tags in its `where`."
            warnings.warn_explicit(message, UnusedNameWarning, rule.location.file, rule.location.line)
    return made


def _rule_errors(rule: CheckRule, node: Node) -> Iterable[HeadwaterError]:
    for check in rule.checks:
        try:
            check.validate_for(node.type)
        except InvalidCheck as error:
            yield CheckRuleError(
                f"{rule.description}, chosen for `{node.name}` ({node.location}): {error} "
                "Choose by type as well, `.where(type=...)`, so that the rule is only for what it can check.",
                [rule.location, node.location],
                node.name,
            )
