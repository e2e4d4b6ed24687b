"""Nodes that are missing from a graph because the config excludes every variant of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headwater.errors import UnknownNode
from headwater.errors.excluded_variants import config_advice, keys_to_set, variant_lines
from headwater.session.problems import make_problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from headwater.graph.graph import Graph
    from headwater.session.problems import Problems
    from headwater.wire.views import ProblemView


def missing_variants(graph: Graph, problems: Problems, reported: Container[str]) -> Iterator[ProblemView]:
    """Yield a problem for each node whose variants are all excluded by the config.

    If a node has only one variant, the variant may be excluded on purpose. Such a node is reported only if the graph is
    otherwise empty.

    Args:
        graph: the built graph.
        problems: creates problems for the session's files.
        reported: the names of nodes that errors already mention.
    """
    is_empty = not any(node.kind == "function" for node in graph)
    for name, variants in graph.excluded_variants.items():
        own_variants = [variant for variant in variants if not variant.is_nested]
        if name in graph.nodes or name in reported or not own_variants or (len(own_variants) == 1 and not is_empty):
            continue
        width = max(len(variant.function) for variant in own_variants)
        lines = [f"The config selects none of the variants of `{name}`."]
        message = "\n".join([*lines, *variant_lines(own_variants, width), f"  {config_advice(own_variants, ' under Inputs')}"])
        location = own_variants[0].location
        problem = make_problem(
            "MissingVariant",
            problems.relative(message),
            severity="error" if is_empty else "warning",
            file=problems.file(location.file),
            line=location.line,
        )
        problem["docs"] = UnknownNode.catalog_page
        yield {**problem, "fields": [{"role": "config", "name": key} for key in keys_to_set(own_variants)]}
