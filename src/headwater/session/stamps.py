"""Stamps of nodes: a page compares them to tell whether a value is that of the code as it stands.

The stamp of a node changes with its function, with what that uses, with the data files that it may read, with what its
parameters are bound to, and with the config if it may look at that. It says nothing of the values that the node reads.
Stamps are the same in every Python: values that were computed when the site was built have stamps, too. A function that may
look at a config of values that JSON does not have has no stamp: whether it changed is not known.
"""

from __future__ import annotations

import ast
import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.caching.equality import is_equal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from headwater.session.code import Code
    from headwater.sources.statements import Statement
    from headwater.wire.views import GraphView, NodeView

CONFIG_WORDS: Final = ("when", "where", "resolve", "configuration")
"""One of these words is in the name of everything that looks at the config."""


class _StampedNode(NamedTuple):
    """A node that was given a stamp."""

    bare: NodeView
    said: str
    """What the stamp is a digest of."""
    view: NodeView


class Stamper:
    """Gives stamps to the functions of a dataflow, again and again. A view whose stamp stays is the same object as before."""

    def __init__(self) -> None:
        self._known: dict[str, _StampedNode] = {}

    def add_stamps(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> GraphView:
        """A view of a graph with the stamp of each function."""
        stamps = _Stamps(view, code, config)
        known: dict[str, _StampedNode] = {}
        nodes: list[NodeView] = []
        for node in view["nodes"]:
            said = stamps.stamp_text(node) if node["kind"] == "function" else None
            if said is None:
                nodes.append(node)
                continue
            before = self._known.get(node["name"])
            if before is None or before.bare is not node or before.said != said:
                stamp = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
                before = _StampedNode(node, said, {**node, "stamp": stamp})
            known[node["name"]] = before
            nodes.append(before.view)
        self._known = known
        return {**view, "nodes": nodes}


class _Stamps:
    """What the stamps of one graph are made of."""

    def __init__(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> None:
        self._code = code
        asking = {module for module, source in code.sources.items() if any(word in source for word in CONFIG_WORDS)}
        self._asking = code.fingerprints.dependents(lambda statement: statement.module in asking and _reads_config(statement))
        self._config = _text(config)
        self._changers = " ".join(code.fingerprints.of_statement(changer) for changer in code.state.changers)
        self._nodes = {node["name"]: node for node in view["nodes"]}
        self._sources: dict[str, list[str]] = {}
        for edge in view["edges"]:
            self._sources.setdefault(edge["target"], []).append(edge["source"])

    def stamp_text(self, node: NodeView) -> str | None:
        """What the stamp of a node is made of. That of a node inside a subdag covers the functions that make the subdag."""
        functions = [self._function(node)]
        functions += [self._function(self._nodes[name]) for name in _outer(node["name"]) if name in self._nodes]
        if None in functions:
            return None
        return "\0".join([*map(str, functions), *sorted(self._sources.get(node["name"], ()))])

    def _function(self, node: NodeView) -> str | None:
        """What is known of the function behind a node; None if it may look at a config that nothing is known of."""
        module, function = node["module"] or "", node["function"] or ""
        fingerprint = self._code.fingerprints.of(module, function)
        if fingerprint is None:  # made in a way that the text does not show: any change may be one of it
            modules = [self._code.fingerprints.of_module(name) for name in self._code.sources]
            return None if self._config is None else " ".join([*modules, self._code.data, self._config])
        if self._code.state.used_by(module, function) is not None:
            fingerprint += self._changers
        data = self._code.data if self._code.reading.includes(module, function) else ""
        config = self._config if self._asking.includes(module, function) else ""
        return None if config is None else f"{fingerprint} {data} {config}"


def _text(config: Mapping[str, Any]) -> str | None:
    """The config as JSON, as a page gives it; None if it holds what JSON cannot tell apart."""
    if not config:
        return "{}"
    try:
        text = json.dumps(config, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if is_equal(json.loads(text), dict(config)) else None


def _outer(name: str) -> Iterator[str]:
    """The names of the subdags that a node is in: `a.b` and `a` for `a.b.c`."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _reads_config(statement: Statement) -> bool:
    return any(any(word in name for word in CONFIG_WORDS) for part in ast.walk(statement.node) for name in _names(part))


def _names(part: ast.AST) -> tuple[str, ...]:
    match part:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return (name,)
        case _:
            return ()
