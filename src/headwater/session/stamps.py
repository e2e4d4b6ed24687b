"""Stamps of nodes: a page compares them to tell whether a value is that of the code as it stands.

The stamp of a node changes with its function, with what that uses, with the data files that it may read, with what its
parameters are bound to, and with the config if it may look at that. It says nothing of the values that the node reads.
Stamps are the same in every Python: values that were computed when the site was built have stamps, too.
"""

from __future__ import annotations

import ast
import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.session.code import Code
    from headwater.sources.statements import Statement
    from headwater.views import GraphView, NodeView

ASKING: Final = ("when", "where", "resolve", "configuration")
"""One of these words is in the name of everything that looks at the config."""


def stamped(view: GraphView, code: Code, config: Mapping[str, Any]) -> GraphView:
    """A view of a graph with the stamp of each function."""
    stamps = _Stamps(view, code, config)
    nodes: list[NodeView] = [
        {**node, "stamp": stamps.of(node)} if node["kind"] == "function" else node for node in view["nodes"]
    ]
    return {**view, "nodes": nodes}


class _Stamps:
    """What the stamps of one graph are made of."""

    def __init__(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> None:
        self._code = code
        asking = {module for module, source in code.sources.items() if any(word in source for word in ASKING)}
        self._asking = code.fingerprints.touching(lambda statement: statement.module in asking and _asks(statement))
        self._config = json.dumps(config, sort_keys=True, default=lambda value: type(value).__qualname__)
        self._nodes = {node["name"]: node for node in view["nodes"]}
        self._sources: dict[str, list[str]] = {}
        for edge in view["edges"]:
            self._sources.setdefault(edge["target"], []).append(edge["source"])

    def of(self, node: NodeView) -> str:
        """The stamp of a node. That of a node inside a subdag covers the functions that make the subdag."""
        said = [self._function(node), *sorted(self._sources.get(node["name"], ()))]
        said += [self._function(self._nodes[name]) for name in _outer(node["name"]) if name in self._nodes]
        return blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    def _function(self, node: NodeView) -> str:
        module, function = node["module"] or "", node["function"] or ""
        fingerprint = self._code.fingerprints.of(module, function)
        if fingerprint is None:  # made in a way that the text does not show: any change may be one of it
            modules = [self._code.fingerprints.of_module(name) for name in self._code.sources]
            return " ".join([*modules, self._code.data, self._config])
        data = self._code.data if self._code.reading.includes(module, function) else ""
        config = self._config if self._asking.includes(module, function) else ""
        return f"{fingerprint} {data} {config}"


def _outer(name: str) -> Iterator[str]:
    """The names of the subdags that a node is in: `a.b` and `a` for `a.b.c`."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _asks(statement: Statement) -> bool:
    return any(any(word in name for word in ASKING) for part in ast.walk(statement.node) for name in _names(part))


def _names(part: ast.AST) -> tuple[str, ...]:
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return (name,)
        case _:
            return ()
