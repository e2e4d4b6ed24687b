"""Operations: data that describes how a node's value is computed from its arguments.

The union `Operation` is closed. Code that handles each kind of operation differently, such as the exporter, matches on the
type, so type checkers report missing cases. `headwater.graph.executable` turns an operation into a callable. Worker processes
receive operations, not callables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from headwater.introspection.source_location import SourceLocation
    from headwater.results import ResultBuilder


class _Required:
    """The type of `REQUIRED`."""

    def __repr__(self) -> str:
        return "REQUIRED"

    def __reduce__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = _Required()
"""A marker for a parameter that needs a value, or for a part that must be present."""


class Origin(NamedTuple):
    """The node to which a part or a check belongs, for error messages."""

    name: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A call to a function. `keywords` are the names of the last arguments. All other arguments are passed by position."""

    function: Callable[..., Any]
    keywords: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _function_call, (portable(self.function), self.keywords)


def _function_call(function: Any, keywords: tuple[str, ...]) -> FunctionCall:
    return FunctionCall(original(function), keywords)


@dataclass(frozen=True, slots=True)
class Await:
    """The awaited value of the inner operation, which calls an `async def` function. Only an `AsyncDriver` can await it."""

    inner: Operation
    node: Origin
    is_wrapper: bool = False
    """True if the function only wraps an `async def` function.

    Such a wrapper might run the coroutine itself and return the coroutine's value, which cannot be awaited.
    """


class Shape(NamedTuple):
    """The number of arguments that make up a parameter's value, and whether they become a list, a dictionary, or neither."""

    size: int
    names: tuple[str, ...] | None = None
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Gather:
    """Arguments gathered into lists and dictionaries: one shape for each parameter of the inner operation."""

    inner: Operation
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """The inner operation's value, with missing columns or entries added. All missing parts get the same value."""

    inner: Operation
    names: tuple[str, ...]
    value: Any
    part: Literal["column", "field"]
    library: str | None = None
    """The module of the frame's library. None for a dictionary, or if the library is not imported."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One part of a value."""

    part: Literal["column", "expression", "field", "item"]
    """A column of a frame, an expression for a column, an entry of a dictionary, or an item of a tuple."""
    name: str
    origin: Origin
    position: int | None = None
    """The position of an item, or of a column that is renamed to `name`. None if the part is found by its name."""
    library: str | None = None
    """The module of the frame's library. None for dictionaries and tuples, or if the library is not imported."""
    fill: Any = REQUIRED
    """The value that replaces a missing part."""


@dataclass(frozen=True, slots=True)
class Append:
    """The first argument, a frame, with the other arguments appended as columns."""

    columns: tuple[str, ...]
    library: str | None


@dataclass(frozen=True, slots=True)
class Validate:
    """A check of a value. The result is a `ValidationResult`."""

    validate: Callable[[Any], Any]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _validate, (portable(self.validate),)


def _validate(validate: Any) -> Validate:
    return Validate(original(validate))


class GateCheck(NamedTuple):
    """A check whose result is an argument of a gate."""

    name: str
    importance: Literal["warn", "fail"]


@dataclass(frozen=True, slots=True)
class Gate:
    """The first argument, unless a check failed. The other arguments are check results."""

    node: Origin
    checks: tuple[GateCheck, ...]


@dataclass(frozen=True, slots=True)
class Pass:
    """The only argument, unchanged. Used at the end of a pipe, and for values that a subdag receives."""


@dataclass(frozen=True, slots=True)
class Load:
    """The data that an adapter loads, with its metadata."""

    adapter: type[Any] | None
    """None for a node that is known only from source text."""
    parameters: tuple[str, ...]
    type: Any
    """The type of the data."""


@dataclass(frozen=True, slots=True)
class TakeData:
    """The data from the result of a loader."""

    loader: Origin


@dataclass(frozen=True, slots=True)
class Save:
    """The metadata returned from saving the first argument. The other arguments configure the adapter."""

    adapter: type[Any] | None
    """None for a node that is known only from source text."""
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combine:
    """The arguments, combined into one value by a result builder."""

    builder: ResultBuilder[Any]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expand:
    """The elements that the inner operation returns or yields, as a list."""

    inner: Operation
    node: Origin


@dataclass(frozen=True, slots=True)
class Map:
    """The inner operation's value for each element, as a list. If the elements are nested, so are the lists."""

    inner: Operation
    depths: tuple[int, ...]
    """For each argument, the depth of the nested lists that hold one value per call. 0 if all calls get the same value."""
    over: tuple[str, ...]
    """The nodes over whose elements the operation is mapped, outermost first: one name for each level of nested lists."""
    parameters: tuple[str, ...]
    """The names of the arguments, for error messages."""
    node: Origin


Operation = (
    FunctionCall
    | Await
    | Expand
    | Map
    | Gather
    | Fill
    | Pick
    | Append
    | Validate
    | Gate
    | Pass
    | Load
    | TakeData
    | Save
    | Combine
)
