"""`RunFacts`: a dataflow and its latest run, in the form that checks use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headwater.errors.suggestions import did_you_mean
from headwater.lessons.failure import CheckFailure, NodeNotDefined, NodeWithoutValue
from headwater.lessons.missing_value import reason_without_value
from headwater.types.type_names import format_type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.graph.node import Node, TagValue
    from headwater.session.latest_run import LatestRun
    from headwater.wire.views import NodeKind, NodeState, ProblemView, Severity


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """A node's properties, without its value."""

    name: str
    kind: NodeKind
    """`function`, `input` or `config`."""
    type: str
    """The annotation without module paths, such as `Series` or `list[int]`."""
    doc: str
    tags: Mapping[str, TagValue]
    module: str | None
    """The module of the node's function. None for an input."""
    function: str | None
    """The name of the node's function. A function may compute several nodes. None for an input."""
    depends_on: tuple[str, ...]
    """The nodes that the node depends on directly."""


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """An error or a warning of the latest run."""

    kind: str
    """The name of the error's class, such as `MissingInput`."""
    severity: Severity
    message: str
    node: str | None
    file: str | None
    line: int | None

    @classmethod
    def of(cls, view: ProblemView) -> ProblemFacts:
        """Convert a problem from the wire format."""
        return cls(view["kind"], view["severity"], view["message"], view["node"], view["file"], view["line"])


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A dataflow and its latest run."""

    run: LatestRun
    names_at_start: Callable[[], frozenset[str]] = frozenset
    """Returns the nodes at the start of the step, which messages do not suggest as names of a new node."""

    @property
    def nodes(self) -> frozenset[str]:
        """The names of all nodes, including inputs and config values."""
        return frozenset(self.run.graph.nodes)

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that define the nodes, in alphabetical order.

        A function counts once, even if it defines many nodes. Two functions with the same name are both listed.
        """
        functions = {id(node.function): node.function for node in self.run.graph if node.kind == "function"}
        return tuple(sorted(getattr(function, "__name__", repr(function)) for function in functions.values()))

    @property
    def problems(self) -> tuple[ProblemFacts, ...]:
        """The errors and warnings of the latest run."""
        return tuple(map(ProblemFacts.of, self.run.problems))

    def value(self, name: str) -> Any:
        """Return the value of a node.

        Raises:
            CheckFailure: the node has no value. The message says why.
        """
        if name in self.run.values:
            return self.run.values[name]
        self._find(name)
        failure = NodeWithoutValue if name in self.run.states else CheckFailure
        raise failure(reason_without_value(self.run, name))

    def depends(self, name: str, on: str) -> bool:
        """Return whether the node `name` depends on the node `on`, directly or through other nodes.

        Raises:
            NodeNotDefined: the node does not exist.
        """
        return on in self.upstream(name)

    def reads(self, name: str, other: str) -> bool:
        """Return whether a node depends directly on another node: whether there is an edge from `other` to `name`.

        Raises:
            NodeNotDefined: the node `name` does not exist.
        """
        return other in self.node(name).depends_on

    def upstream(self, name: str) -> frozenset[str]:
        """Return the nodes that a node depends on, directly or through other nodes.

        Raises:
            NodeNotDefined: the node does not exist.
        """
        self._find(name)
        return frozenset(node.name for node in self.run.graph.upstream([name])) - {name}

    def downstream(self, name: str) -> frozenset[str]:
        """Return the nodes that depend on a node, directly or through other nodes.

        Raises:
            NodeNotDefined: the node does not exist.
        """
        self._find(name)
        return frozenset(node.name for node in self.run.graph.downstream([name])) - {name}

    def node(self, name: str) -> NodeFacts:
        """Return a node's kind, type, docstring, tags, module, function and direct dependencies.

        Raises:
            NodeNotDefined: the node does not exist.
        """
        node = self._find(name)
        is_function = node.kind == "function"
        return NodeFacts(
            name=node.name,
            kind=node.kind,
            type=format_type(node.type),
            doc=node.doc,
            tags=node.tags,
            module=node.module if is_function else None,
            function=getattr(node.function, "__name__", None) if is_function else None,
            depends_on=self.run.graph.sources_of(name),
        )

    def function(self, name: str) -> Callable[..., Any]:
        """Return the function of a node, as the learner wrote it.

        Raises:
            NodeNotDefined: the node does not exist, or no function computes it.
        """
        node = self._find(name)
        if node.function is None or node.kind != "function":
            raise NodeNotDefined(f"No function computes `{name}`. Write a function with that name.")
        return node.function

    @property
    def computed(self) -> frozenset[str]:
        """The names of the nodes that the run computed, including those that failed."""
        return self._with_state("succeeded", "failed")

    @property
    def reused(self) -> frozenset[str]:
        """The names of the nodes whose values the run reused."""
        return self._with_state("reused")

    def values(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the values of nodes. Raises the same errors as `value`."""
        return {name: self.value(name) for name in names}

    def _with_state(self, *states: NodeState) -> frozenset[str]:
        return frozenset(name for name, state in self.run.states.items() if state in states)

    def _find(self, name: str) -> Node:
        if name not in self.run.graph:
            if name in self.run.graph.excluded_variants:
                raise NodeNotDefined(f"There is no node `{name}`, because the config selects none of its variants.")
            suggestion = did_you_mean(name, sorted(self.run.graph.nodes.keys() - self.names_at_start()))
            raise NodeNotDefined(f"There is no node `{name}` yet. Write a function with that name.{suggestion}")
        return self.run.graph[name]
