"""`to` and `from_`: savers and loaders added to a dataflow from outside its functions."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from headwater.errors import HeadwaterError, MaterializerError
from headwater.errors.suggestions import did_you_mean
from headwater.graph.bindings import Source
from headwater.graph.graph import Graph
from headwater.graph.mapping import list_depth
from headwater.graph.node import Dependency, Node
from headwater.graph.operation import Combine
from headwater.introspection.names import normalized
from headwater.introspection.source_location import SourceLocation
from headwater.io.adapter_spec import AdapterSpec
from headwater.results import ResultBuilder
from headwater.types import typing_rules
from headwater.types.element_types import Collect, element_type

NodeReference = str | Callable[..., Any] | Node
"""Identifies a node: the node's name, the node itself, or the function that computes it."""


@dataclass(frozen=True, slots=True)
class SaveMaterializer:
    """The result of `to.<format>(...)`: the nodes to save and the adapter."""

    id: str
    dependencies: tuple[NodeReference, ...]
    combine: ResultBuilder[Any] | None
    spec: AdapterSpec
    location: SourceLocation
    """The location of the call to `to`."""

    def fail(self, reason: str) -> HeadwaterError:
        """Return an error that names this materializer."""
        return MaterializerError(f"to.{self.spec.format}", self.id, reason, self.location)

    def nodes(self, graph: Graph, config: Mapping[str, Any]) -> list[Node]:
        """Return the saver node. If several values are combined, the node that combines them comes first.

        Raises:
            HeadwaterError: if a node to save does not exist, or the format cannot save its value.
        """
        names = tuple(_name(reference, graph) for reference in self.dependencies)
        for name in names:
            if name not in graph:
                raise self.fail(f"there is no node `{name}`.{did_you_mean(name, graph.nodes)}")
        spec = self.spec.with_config(config, self.fail)
        template = Node(name=self.id, type=Any, explicit_location=self.location)
        types = {name: self._saved_type(graph[name], graph) for name in names}
        if self.combine is None:
            saved = graph[names[0]].replaced(type=types[names[0]])
            return [spec.saver_node(self.id, saved, template, self.fail)]
        combined = template.replaced(
            name=f"{self.id}.combined",
            type=_result_type(self.combine),
            operation=Combine(self.combine, names),
            arguments=tuple(Dependency(name, name, types[name]) for name in names),
            doc=f"The value saved by `{self.id}`.",
        )
        return [combined, spec.saver_node(self.id, combined, template, self.fail)]

    def _saved_type(self, node: Node, graph: Graph) -> Any:
        """Return the type of the value to save. For a mapped node, this is a list, unless each element has its own path."""
        sources = (normalized(bound.name) for bound in self.spec.arguments.values() if isinstance(bound, Source))
        has_values = list_depth(node) == 1
        if has_values and not any(list_depth(graph[source]) for source in sources if source in graph):
            return Collect[element_type(node.type)]  # type: ignore[misc] # pyright: ignore[reportInvalidTypeArguments]
        return node.type


@dataclass(frozen=True, slots=True)
class LoadMaterializer:
    """The result of `from_.<format>(...)`: a node to replace with loaded data, and the adapter."""

    target: NodeReference
    spec: AdapterSpec
    location: SourceLocation
    """The location of the call to `from_`."""

    def fail(self, reason: str) -> HeadwaterError:
        """Return an error that names this materializer."""
        return MaterializerError(f"from_.{self.spec.format}", _label(self.target), reason, self.location)

    def nodes(self, graph: Graph, config: Mapping[str, Any]) -> list[Node]:
        """Return the loader node and the node that holds the data.

        Raises:
            HeadwaterError: if there is no node to replace, or the format cannot load its type.
        """
        target = self.name(graph)
        if target not in graph:
            raise self.fail(f"there is no node or input `{target}`.{did_you_mean(target, graph.nodes)}")
        if target in config:
            raise self.fail("the config also provides it. Remove one of the two.")
        replaced = graph[target]
        if list_depth(replaced):
            reason = "the node has a list of values, one for each element, and a loader cannot replace such a list."
            raise self.fail(f"{reason} Load the list before the run, and pass it in `overrides`.")
        template = Node(name=target, type=replaced.type, explicit_location=self.location)
        return list(self.spec.with_config(config, self.fail).loader_nodes(target, replaced.type, template, self.fail))

    def name(self, graph: Graph) -> str:
        """Return the name of the node to replace."""
        return _name(self.target, graph)


Materializer = SaveMaterializer | LoadMaterializer


def _result_type(builder: ResultBuilder[Any]) -> Any:
    """Return the declared return type of a result builder; `Any` if there is none."""
    try:
        return typing.get_type_hints(type(builder).build).get("return", Any)
    except (NameError, TypeError):
        return Any


class _To:
    """The class of `to`, whose attributes are functions that create savers."""

    def __getattr__(self, format_: str) -> Callable[..., SaveMaterializer]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        def save(
            id: str,  # noqa: A002 - part of the public signature
            dependencies: NodeReference | Sequence[NodeReference],
            combine: ResultBuilder[Any] | None = None,
            **arguments: Any,
        ) -> SaveMaterializer:
            location, references = _caller_location(), _as_tuple(dependencies)
            saving = SaveMaterializer(id, references, combine, AdapterSpec(format_, arguments), location)
            if not references:
                raise saving.fail("it has no nodes to save. List them in `dependencies`.")
            if len(references) > 1 and combine is None:
                listed = ", ".join(f"`{_label(reference)}`" for reference in references)
                reason = f"it needs one value but got {listed}. Pass a result builder as `combine=`"
                raise saving.fail(f"{reason}, or save each value separately.")
            return saving

        return save


class _From:
    """The class of `from_`, whose attributes are functions that create loaders."""

    def __getattr__(self, format_: str) -> Callable[..., LoadMaterializer]:
        if format_.startswith("__"):
            raise AttributeError(format_)

        def load(target: NodeReference, **arguments: Any) -> LoadMaterializer:
            return LoadMaterializer(target, AdapterSpec(format_, arguments), _caller_location())

        return load


to: Final = _To()
"""`to.json(id="saved", dependencies=["total"], path="total.json")` saves a node's value.

`id` is the name of the new node, whose value is the metadata. The result builder `combine` combines several `dependencies` into
one value. The format's arguments are values, or `source("node")` for the value of a node or input.
"""

from_: Final = _From()
"""`from_.json(target="prices", path="prices.json")` loads the value of a node or input."""


def add_materializers(graph: Graph, materializers: Iterable[Materializer], config: Mapping[str, Any]) -> Graph:
    """Return a graph with the nodes of materializers added.

    Raises:
        HeadwaterError: if a materializer does not fit the graph.
    """
    materializers = list(materializers)
    nodes = {node.name: node for node in graph if node.kind == "function"}
    loaded: set[str] = set()
    for materializer in materializers:
        if isinstance(materializer, LoadMaterializer):
            name = materializer.name(graph)
            if name in loaded:
                raise materializer.fail("another materializer also loads it. Remove one of the two.")
            loaded.add(name)
            nodes.update({node.name: node for node in materializer.nodes(graph, config)})
    with_loaders = Graph.of(
        nodes.values(), config=config, excluded_variants=graph.excluded_variants, type_checks=graph.type_checks
    )
    savers = [materializer for materializer in materializers if isinstance(materializer, SaveMaterializer)]
    saving = [node for saver in savers for node in saver.nodes(with_loaders, config)]
    return Graph.of(
        [*nodes.values(), *saving], config=config, excluded_variants=graph.excluded_variants, type_checks=graph.type_checks
    )


def validate_materializers(materializers: Sequence[Any]) -> tuple[Materializer, ...]:
    """Return `materializers` as a tuple if all of them are materializers.

    Raises:
        MaterializerError: if one of them is not a materializer.
    """
    for materializer in materializers:
        if not isinstance(materializer, SaveMaterializer | LoadMaterializer):
            reason = (
                "A list is not a materializer. Unpack the list: `*materializers`."
                if isinstance(materializer, list | tuple)
                else f"{materializer!r} is not a materializer. Create one with `to.json(...)` or `from_.json(...)`."
            )
            raise MaterializerError("materializers", typing_rules.format_type(type(materializer)), reason, None)
    return tuple(materializers)


def _as_tuple(references: NodeReference | Sequence[NodeReference]) -> tuple[NodeReference, ...]:
    return (references,) if isinstance(references, str | Node) or callable(references) else tuple(references)


def _name(reference: NodeReference, graph: Graph) -> str:
    """Return the name of the node that a reference identifies. For a function without a node, return the function's name."""
    if isinstance(reference, str | Node):
        return _label(reference)
    names, label = graph.computed_by(reference), _label(reference)
    return names[0] if len(names) == 1 and label not in names else label


def _label(reference: NodeReference) -> str:
    """Return a node's name for messages. Does not need a graph."""
    if isinstance(reference, str):
        return normalized(reference)
    return reference.name if isinstance(reference, Node) else str(getattr(reference, "__name__", reference))


def _caller_location() -> SourceLocation:
    """Return the location of the call to `to.<format>(...)` or `from_.<format>(...)`."""
    frame = sys._getframe(2)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - `inspect.stack` would read the source of every frame
    return SourceLocation(frame.f_code.co_filename, frame.f_lineno)
