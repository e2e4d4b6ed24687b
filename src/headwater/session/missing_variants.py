"""Nodes that are in no graph, because the config leaves out every variant of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors.excluded_variants import config_advice, keys_to_set, variant_lines
from headwater.session.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from headwater.graph.graph import Graph
    from headwater.session.problems import Problems
    from headwater.wire.views import ProblemView


def missing_variants(graph: Graph, problems: Problems, reported: Container[str]) -> Iterator[ProblemView]:
    """A problem for each node that a choice was meant for and not made.

    A single function with a condition may be left out on purpose; that is a problem only where nothing else takes part.

    Args:
        graph: what was built.
        problems: knows the session's files.
        reported: the nodes that errors are about already.
    """
    is_empty = not any(node.kind == "function" for node in graph)
    for name, variants in graph.excluded_variants.items():
        own = [variant for variant in variants if not variant.is_nested]
        if name in graph.nodes or name in reported or not own or (len(own) == 1 and not is_empty):
            continue
        width = max(len(variant.function) for variant in own)
        lines = [f"The config leaves out every function that computes `{name}`."]
        message = "\n".join([*lines, *variant_lines(own, width), f"  {config_advice(own, ' under Inputs')}"])
        location = own[0].location
        problem = make_problem(
            "NoVariant",
            problems.relative(message),
            severity="error" if is_empty else "warning",
            file=problems.file(location.file),
            line=location.line,
        )
        yield {**problem, "fields": [{"role": "config", "name": key} for key in keys_to_set(own)]}
