"""`to` and `from_`: savers and loaders that are added to a dataflow from outside of its functions."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headwater.errors import HeadwaterError, MaterializerError
from headwater.errors.suggestions import did_you_mean
from headwater.graph.graph import Graph
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import Combine
from headwater.introspection.names import normalized
from headwater.introspection.source_location import SourceLocation
from headwater.io.adapter_spec import AdapterSpec
from headwater.results import ResultBuilder
from headwater.types import typing_rules

NodeReference = str | Callable[..., Any] | Node
"""A node: its name, the node itself, or the function that makes it."""


@dataclass(frozen=True, slots=True)
class SaveMaterializer:
    """What `to.<format>(...)` makes: nodes to save, and how."""

    id: str
    dependencies: tuple[NodeReference, ...]
    combine: ResultBuilder[Any] | None
    spec: AdapterSpec
    location: SourceLocation
    """Where it was written."""

    def fail(self, reason: str) -> HeadwaterError:
        """The error for one that cannot work."""
        return MaterializerError(f"to.{self.spec.format}", self.id, reason, self.location)

    def nodes(self, graph: Graph, config: Mapping[str, Any]) -> list[Node]:
        """The node that saves; before it the one that combines, where several are saved as one.

        Raises:
            HeadwaterError: if what is to be saved is not there, or cannot be saved so.
        """
        names = tuple(_name(wanted, graph) for wanted in self.dependencies)
        for name in names:
            if name not in graph:
                raise self.fail(f"there is no node `{name}`.{did_you_mean(name, graph.nodes)}")
        spec = self.spec.with_config(config, self.fail)
        template = Node(name=self.id, type=Any, explicit_location=self.location)
        if self.combine is None:
            return [spec.saver_node(self.id, graph[names[0]], template, self.fail)]
        combined = template.replaced(
            name=f"{self.id}.combined",
            type=_built(self.combine),
            operation=Combine(self.combine, names),
            arguments=tuple(Dependency(name, name, graph[name].type) for name in names),
            doc=f"What is saved by `{self.id}`.",
        )
        return [combined, spec.saver_node(self.id, combined, template, self.fail)]


@dataclass(frozen=True, slots=True)
class LoadMaterializer:
    """What `from_.<format>(...)` makes: a node to replace by loaded data, and how it is loaded."""

    target: NodeReference
    spec: AdapterSpec
    location: SourceLocation
    """Where it was written."""

    def fail(self, reason: str) -> HeadwaterError:
        """The error for one that cannot work."""
        return MaterializerError(f"from_.{self.spec.format}", _label(self.target), reason, self.location)

    def nodes(self, graph: Graph, config: Mapping[str, Any]) -> list[Node]:
        """The node that loads, and the one of the data.

        Raises:
            HeadwaterError: if there is nothing to replace, or it cannot be loaded so.
        """
        target = self.name(graph)
        if target not in graph:
            raise self.fail(f"there is no node or input `{target}`.{did_you_mean(target, graph.nodes)}")
        if target in config:
            raise self.fail("the config gives it a value, too: take one of the two away.")
        replaced = graph[target]
        template = Node(name=target, type=replaced.type, explicit_location=self.location)
        return list(self.spec.with_config(config, self.fail).loader_nodes(target, replaced.type, template, self.fail))

    def name(self, graph: Graph) -> str:
        """The name of what is loaded."""
        return _name(self.target, graph)


Materializer = SaveMaterializer | LoadMaterializer


def _built(builder: ResultBuilder[Any]) -> Any:
    """The type that a result builder is annotated to make."""
    try:
        return typing.get_type_hints(type(builder).build).get("return", Any)
    except (NameError, TypeError):
        return Any


class _To:
    """`to.<format>`: adds a saver to a dataflow."""

    def __getattr__(self, format_: str) -> Callable[..., SaveMaterializer]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        def save(
            id: str,  # noqa: A002 - what the metadata is called
            dependencies: NodeReference | Sequence[NodeReference],
            combine: ResultBuilder[Any] | None = None,
            **arguments: Any,
        ) -> SaveMaterializer:
            location, wanted = _caller_location(), _several(dependencies)
            saving = SaveMaterializer(id, wanted, combine, AdapterSpec(format_, arguments), location)
            if not wanted:
                raise saving.fail("it has nothing to save: name nodes in `dependencies`.")
            if len(wanted) > 1 and combine is None:
                listed = ", ".join(f"`{_label(one)}`" for one in wanted)
                reason = f"it would save {listed} as one value: say how with `combine=` and a result builder, or save each on"
                raise saving.fail(f"{reason} its own.")
            return saving

        return save


class _From:
    """`from_.<format>`: puts loaded data in the place of a node or an input."""

    def __getattr__(self, format_: str) -> Callable[..., LoadMaterializer]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        def load(target: NodeReference, **arguments: Any) -> LoadMaterializer:
            return LoadMaterializer(target, AdapterSpec(format_, arguments), _caller_location())

        return load


to: Final = _To()
"""`to.json(id="saved", dependencies=["total"], path="total.json")`: saves the value of a node.

`id` is the name of the node whose value is the metadata. Several `dependencies` are made one by the result builder `combine`.
The arguments of the format are values, or `source("node")` for the value of a node or an input.
"""

from_: Final = _From()
"""`from_.json(target="prices", path="prices.json")`: loads the value of a node or an input, in place of what made it."""


def add_materializers(graph: Graph, materializers: Iterable[Materializer], config: Mapping[str, Any]) -> Graph:
    """A graph with the nodes of materializers added to those of another one.

    Raises:
        HeadwaterError: for a materializer that does not fit the graph.
    """
    known = list(materializers)
    nodes = {node.name: node for node in graph if node.kind == "function"}
    loaded: set[str] = set()
    for one in known:
        if isinstance(one, LoadMaterializer):
            name = one.name(graph)
            if name in loaded:
                raise one.fail("another materializer loads it, too: take one of the two away.")
            loaded.add(name)
            nodes.update({node.name: node for node in one.nodes(graph, config)})
    loading = Graph.of(nodes.values(), config=config, excluded_variants=graph.excluded_variants, type_checks=graph.type_checks)
    saving = [node for one in known if isinstance(one, SaveMaterializer) for node in one.nodes(loading, config)]
    return Graph.of(
        [*nodes.values(), *saving], config=config, excluded_variants=graph.excluded_variants, type_checks=graph.type_checks
    )


def validate_materializers(materializers: Sequence[Any]) -> tuple[Materializer, ...]:
    """The materializers.

    Raises:
        MaterializerError: for anything else.
    """
    for one in materializers:
        if not isinstance(one, SaveMaterializer | LoadMaterializer):
            listed = isinstance(one, list | tuple)
            remedy = "hand them over one by one: `*materializers`" if listed else "write `to.json(...)` or `from_.json(...)`"
            raise MaterializerError("materializers", typing_rules.format_type(type(one)), f"{one!r} is none; {remedy}.", None)
    return tuple(materializers)


def _several(wanted: NodeReference | Sequence[NodeReference]) -> tuple[NodeReference, ...]:
    return (wanted,) if isinstance(wanted, str | Node) or callable(wanted) else tuple(wanted)


def _name(wanted: NodeReference, graph: Graph) -> str:
    """The name of a node in a graph. A function has the name of the node that it makes, or else its own."""
    if isinstance(wanted, str | Node):
        return _label(wanted)
    made, own = graph.computed_by(wanted), _label(wanted)
    return made[0] if len(made) == 1 and own not in made else own


def _label(wanted: NodeReference) -> str:
    """What messages call a node that a graph is not known for."""
    if isinstance(wanted, str):
        return normalized(wanted)
    return wanted.name if isinstance(wanted, Node) else str(getattr(wanted, "__name__", wanted))


def _caller_location() -> SourceLocation:
    """Where `to.<format>(...)` or `from_.<format>(...)` is called."""
    frame = sys._getframe(2)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - one frame, where `inspect.stack` reads the source of all
    return SourceLocation(frame.f_code.co_filename, frame.f_lineno)
