"""`Node`: one named value in a dataflow, and how it is computed.

Classes with thousands of instances are `NamedTuple`s, both in this module and in the planner. Defining and creating them takes
a fifth of the time that frozen dataclasses take.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from headwater.errors import PathStep
from headwater.errors.suggestions import did_you_mean
from headwater.graph.executable import executable
from headwater.graph.operation import REQUIRED, FunctionCall, Operation
from headwater.graph.portable import original, portable
from headwater.introspection.source_location import SourceLocation, source_location

if TYPE_CHECKING:
    from headwater.wire.views import NodeKind

TagValue = str | tuple[str, ...]

NodeRole = Literal["loader", "saver", "received"]
ROLE_TAG: Final = "headwater.role"
"""The tag with the role of a node: "loader", "saver", or "received" for a value that a subdag receives."""
FORMAT_TAG: Final = "headwater.format"
"""The tag with the format of a loader or saver, such as "json" or "csv"."""

NO_TAGS: Final[Mapping[str, TagValue]] = MappingProxyType({})


class Dependency(NamedTuple):
    """A parameter of a node's function that reads the node or input `source`."""

    parameter: str
    source: str
    type: Any
    default: Any = REQUIRED

    @property
    def optional(self) -> bool:
        """True if the parameter has a default."""
        return self.default is not REQUIRED


class Constant(NamedTuple):
    """A parameter of a node's function that a decorator binds to a value."""

    parameter: str
    value: Any
    type: Any = Any
    is_written: bool = False
    """True if the value is written in the decorator. Otherwise, it may come from the config and change while the code stays the
    same."""
    key: str | None = None
    """The config key of the value. Requests that need the value check its type."""


Argument = Dependency | Constant


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One named value: its type, its operation and arguments, and its source location.

    A node is immutable. `renamed`, `tagged` and `replaced` return a new node.
    """

    name: str
    type: Any
    """The annotation of the value."""
    explicit_location: SourceLocation | None = None
    """The location, if it differs from that of `function`. For an input, the location of the first function that reads it."""
    arguments: tuple[Argument, ...] = ()
    kind: NodeKind = "function"
    tags: Mapping[str, TagValue] = field(default_factory=lambda: NO_TAGS)
    doc: str = ""
    function: Callable[..., Any] | None = None
    """The function as the user wrote it. None for inputs."""
    operation: Operation | None = None
    """How the value is computed from the arguments.

    None for inputs, and for a call that passes all arguments to `function` by position.

    Nearly all nodes are calls of this kind. Storing a `FunctionCall` for each of them would make graphs larger and slower to
    build.
    """
    shaped_by: tuple[Callable[..., Any], ...] = ()
    """Other functions whose decorators define this node: their pipes or subdags contain `function`."""
    module: str | None = None
    is_standalone: bool = False
    """True if the function was added with `with_functions` instead of `with_modules`."""
    value: Any = None
    """The value of a `config` node."""
    settings: tuple[tuple[str | None, Any], ...] = ()
    """The config that decorators read to define this node, as key-value pairs. Config in the arguments is omitted.

    The key None means that a decorator read the whole config. In that case, the value lists the names of all keys.
    """
    _dependencies: tuple[Dependency, ...] | None = field(default=None, init=False, repr=False)
    """The value of `dependencies`, found on first access. Every pass over a graph reads it."""

    @property
    def dependencies(self) -> tuple[Dependency, ...]:
        """The arguments that come from other nodes or inputs."""
        if (known := self._dependencies) is not None:
            return known
        found = self._find_dependencies()
        object.__setattr__(self, "_dependencies", found)
        return found

    def _find_dependencies(self) -> tuple[Dependency, ...]:
        arguments = self.arguments
        for argument in arguments:
            if type(argument) is not Dependency:
                return tuple([argument for argument in arguments if type(argument) is Dependency])
        return cast("tuple[Dependency, ...]", arguments)  # the usual case, which needs no copy

    @property
    def location(self) -> SourceLocation:
        """The source location. Computed on access, because few nodes need it."""
        if self.explicit_location is not None:
            return self.explicit_location
        assert self.function is not None
        return source_location(self.function)

    @property
    def explicit_operation(self) -> Operation:
        """The operation, in a form that another operation can wrap. Only for computed nodes."""
        if self.operation is not None:
            return self.operation
        assert self.function is not None
        return FunctionCall(self.function)

    @property
    def call(self) -> Callable[..., Any] | None:
        """A callable that computes the value from positional arguments. None for inputs and config values."""
        if self.operation is not None:
            return executable(self.operation)
        return self.function if self.kind == "function" else None

    @property
    def is_external_input(self) -> bool:
        """True if the caller provides this value."""
        return self.kind == "input"

    @property
    def is_received(self) -> bool:
        """True for a value that a subdag receives. Such a node is not an output by default."""
        return self.tags.get(ROLE_TAG) == "received"

    @property
    def step(self) -> PathStep:
        """The name and location for error messages."""
        return PathStep(self.name, self.location)

    def compute(self, /, **dependencies: Any) -> Any:
        """Compute the value from the values of the dependencies, keyed by parameter. Parameters with a default may be omitted.

        If the function is `async def`, await the result: `await node.compute(price=10.0)`.

        Raises:
            TypeError: a required parameter is missing, a parameter is unknown, or no function computes the node.

        >>> from headwater import Builder
        >>> def total(price: float, rate: float = 0.5) -> float:
        ...     return price * rate
        >>> Builder().with_functions(total).build().graph["total"].compute(price=10.0)
        5.0
        """
        from headwater.graph.awaiting import awaitable  # imported lazily: runs do not need it

        call = self.call if self.operation is None else awaitable(self.operation)
        if call is None:
            raise TypeError(f"No function computes `{self.name}`.")
        parameters = {dependency.parameter: dependency for dependency in self.dependencies}
        if unknown := sorted(dependencies.keys() - parameters.keys()):
            raise TypeError(f"`{self.name}` has no parameter `{unknown[0]}`.{did_you_mean(unknown[0], parameters)}")
        if missing := [name for name in parameters if name not in dependencies and not parameters[name].optional]:
            raise TypeError(f"`{self.name}` needs {', '.join(f'`{name}`' for name in missing)}.")
        return call(*(_value_of(argument, dependencies) for argument in self.arguments))

    def replaced(self, *, call: Callable[..., Any] | None = None, **changes: Any) -> Node:
        """Return the same node with some fields changed.

        Args:
            call: a function that computes the value from positional arguments. Short for `operation=FunctionCall(call)`.
            changes: the changed fields.
        """
        if call is not None:
            changes["operation"] = FunctionCall(call)
        elif "function" in changes and self.kind == "function" and "operation" not in changes:
            changes["operation"] = self.explicit_operation  # replacing `function` must not change the computed value
        return dataclasses.replace(self, **changes)

    def renamed(self, name: str) -> Node:
        """Return the same node with another name."""
        return dataclasses.replace(self, name=name)

    def tagged(self, tags: Mapping[str, TagValue]) -> Node:
        """Return the same node with `tags` added. An existing key gets the new value."""
        return dataclasses.replace(self, tags=MappingProxyType({**self.tags, **tags}))

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], Node], tuple[Mapping[str, Any]]]:
        """Return the node in a form that can be copied and pickled. The tags, a read-only mapping, become a dictionary.

        Before Python 3.11.4, a frozen dataclass with slots ignores its own `__getstate__`.
        """
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self) if field.init}
        functions = {"function": portable(self.function), "shaped_by": tuple(map(portable, self.shaped_by))}
        return _restored, ({**fields, **functions, "tags": dict(self.tags)},)

    def __repr__(self) -> str:
        return f"<Node {self.name} ({self.kind}, {self.location})>"


def _restored(state: Mapping[str, Any]) -> Node:
    """Return a node with the fields that `Node.__reduce__` returned."""
    node = object.__new__(Node)
    functions = {"function": original(state["function"]), "shaped_by": tuple(map(original, state["shaped_by"]))}
    restored = {**state, **functions, "tags": MappingProxyType(state["tags"]), "_dependencies": None}
    for name, value in restored.items():
        object.__setattr__(node, name, value)
    return node


def _value_of(argument: Argument, dependencies: Mapping[str, Any]) -> Any:
    if isinstance(argument, Constant):
        return argument.value
    return dependencies.get(argument.parameter, argument.default)
