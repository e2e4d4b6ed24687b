"""Stamps of nodes, with which a page checks whether a value belongs to the current code.

The stamp of a node changes with
- its function and the code that the function uses,
- the data files that the function may read,
- the bindings of the function's parameters, and
- the config, if the function may read it.

A stamp does not depend on the values of the node's dependencies. Stamps are the same in every interpreter, so a page can
also check values that were computed when the site was built. A function has no stamp if it may read a config with values that
JSON cannot represent.
"""

from __future__ import annotations

import ast
import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from headwater.caching.equality import is_equal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from headwater.session.code import Code
    from headwater.sources.statements import Statement
    from headwater.wire.views import GraphView, NodeView

CONFIG_WORDS: Final = ("when", "where", "resolve", "configuration")
"""Words in the names that give code access to the config. Code without any of these words does not read the config."""


class _StampedNode(NamedTuple):
    """A node with its stamp."""

    unstamped: NodeView
    text: str
    """The string whose digest is the stamp."""
    view: NodeView


class _StampedGraph(NamedTuple):
    """The nodes of a graph with their stamps, and the data from which the stamps were derived."""

    unstamped: Sequence[NodeView]
    code: Code
    config: Mapping[str, Any]
    nodes: list[NodeView]

    def is_of(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> bool:
        """Return whether the nodes are those of a view."""
        return self.unstamped is view["nodes"] and self.code is code and is_equal(self.config, config)


class Stamper:
    """Adds stamps to the functions in a dataflow. The view of an unchanged node stays the same object."""

    def __init__(self) -> None:
        self._latest: _StampedGraph | None = None
        self._known: dict[str, _StampedNode] = {}

    def add_stamps(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> GraphView:
        """Return the view of a graph with a stamp for each function."""
        if self._latest is None or not self._latest.is_of(view, code, config):
            self._latest = _StampedGraph(view["nodes"], code, dict(config), self._stamped_nodes(view, code, config))
        return {**view, "nodes": self._latest.nodes}

    def _stamped_nodes(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> list[NodeView]:
        stamps = _Stamps(view, code, config)
        known: dict[str, _StampedNode] = {}
        nodes: list[NodeView] = []
        for node in view["nodes"]:
            text = stamps.stamp_text(node) if node["kind"] == "function" else None
            if text is None:
                nodes.append(node)
                continue
            before = self._known.get(node["name"])
            if before is None or before.unstamped is not node or before.text != text:
                stamp = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
                before = _StampedNode(node, text, {**node, "stamp": stamp})
            known[node["name"]] = before
            nodes.append(before.view)
        self._known = known
        return nodes


class _Stamps:
    """The strings from which the stamps of one graph are derived."""

    def __init__(self, view: GraphView, code: Code, config: Mapping[str, Any]) -> None:
        self._code = code
        config_modules = {module for module, source in code.sources.items() if any(word in source for word in CONFIG_WORDS)}
        self._config_readers = code.fingerprints.dependents(
            lambda statement: statement.module in config_modules and _reads_config(statement)
        )
        self._config = _config_text(config)
        self._changers = " ".join(code.fingerprints.of_statement(changer) for changer in code.state.changers)
        self._nodes = {node["name"]: node for node in view["nodes"]}
        self._functions: dict[tuple[str, str], str | None] = {}
        """The results of `_function_text`. Many nodes may share a function."""
        self._sources: dict[str, list[str]] = {}
        for edge in view["edges"]:
            self._sources.setdefault(edge["target"], []).append(edge["source"])

    def stamp_text(self, node: NodeView) -> str | None:
        """Return the string for a node's stamp.

        For a node in a subdag, the string also covers the functions that create the subdag.
        """
        functions = [self._function(node)]
        functions += [self._function(self._nodes[name]) for name in _enclosing_subdags(node["name"]) if name in self._nodes]
        if None in functions:
            return None
        return "\0".join([*map(str, functions), *sorted(self._sources.get(node["name"], ()))])

    def _function(self, node: NodeView) -> str | None:
        key = node["module"] or "", node["function"] or ""
        if key not in self._functions:
            self._functions[key] = self._function_text(*key)
        return self._functions[key]

    def _function_text(self, module: str, function: str) -> str | None:
        """Return a string for a function, or None if the function may read a config that JSON cannot represent."""
        fingerprint = self._code.fingerprints.of(module, function)
        if fingerprint is None:  # the code is not in the source, so any change may affect the node
            modules = [self._code.fingerprints.of_module(name) for name in self._code.sources]
            return None if self._config is None else " ".join([*modules, self._code.data, self._config])
        if self._code.state.used_by(module, function) is not None:
            fingerprint += self._changers
        data = self._code.data if self._code.data_readers.includes(module, function) else ""
        config = self._config if self._config_readers.includes(module, function) else ""
        return None if config is None else f"{fingerprint} {data} {config}"


def _config_text(config: Mapping[str, Any]) -> str | None:
    """Return the config as JSON, or None if JSON cannot represent its values exactly."""
    if not config:
        return "{}"
    try:
        text = json.dumps(config, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if is_equal(json.loads(text), dict(config)) else None


def _enclosing_subdags(name: str) -> Iterator[str]:
    """Yield the names of the subdags that contain a node: `a.b` and `a` for `a.b.c`."""
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
