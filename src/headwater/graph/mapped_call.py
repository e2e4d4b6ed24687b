"""`MappedCall`: calls a function once for each element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from headwater.errors import NotAList, UnequalLengths, short_repr
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from headwater.graph.operation import Map

Shape = int | tuple[Any, ...]
"""The lengths of nested lists: the length of a list of values, or the shapes of the inner lists."""

Row = tuple[Any, ...]
"""The arguments of one call."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The arguments of all calls, and where their values belong."""

    rows: Iterable[Row]
    """The arguments of each call, in the order of the elements. Can be iterated once."""
    shape: Shape

    @property
    def count(self) -> int:
        """The number of calls."""
        return _count(self.shape)

    def nested(self, values: Sequence[Any]) -> list[Any]:
        """Return the values of all calls in nested lists of this shape."""
        return list(values) if isinstance(self.shape, int) else _nested(iter(values), self.shape)

    def position(self, number: int) -> tuple[int, ...]:
        """Return the position of a call's value in the nested lists. `number` counts the calls from 0."""
        return _position(self.shape, number)


@dataclass(frozen=True, slots=True)
class MappedCall:
    """A callable like `call` whose arguments are nested lists, as `operation.depths` describes. It returns nested lists."""

    operation: Map
    call: Callable[..., Any]

    def __call__(self, *arguments: Any) -> list[Any]:
        """Make all calls in this thread. If one raises, add a note that names its element."""
        rows = self.rows(arguments)
        call, values = self.call, list[Any]()
        add, row = values.append, ()
        try:
            for row in rows.rows:
                add(call(*row))
        except BaseException as error:
            self.add_note(error, rows.position(len(values)), row)
            raise
        return values if isinstance(rows.shape, int) else rows.nested(values)

    def rows(self, arguments: Sequence[Any]) -> Rows:
        """Return the arguments of each call.

        Raises:
            UnequalLengths: lists that belong together have different lengths.
        """
        return self._rows(arguments, self.operation.depths, len(self.operation.over))

    def _rows(self, arguments: Sequence[Any], depths: Sequence[int], levels: int) -> Rows:
        length = self._length(arguments, depths)
        columns = [argument if depth else repeat(argument, length) for argument, depth in zip(arguments, depths, strict=True)]
        rows = zip(*columns, strict=True)
        if levels == 1:
            return Rows(rows, length)
        inner_depths = [max(depth - 1, 0) for depth in depths]
        inner = [self._rows(row, inner_depths, levels - 1) for row in rows]
        return Rows(chain.from_iterable(part.rows for part in inner), tuple(part.shape for part in inner))

    def _length(self, arguments: Sequence[Any], depths: Sequence[int]) -> int:
        operation = self.operation
        lists = {operation.parameters[position]: arguments[position] for position, depth in enumerate(depths) if depth}
        for parameter, value in lists.items():
            if not isinstance(value, Sequence):
                raise NotAList(*operation.node, parameter, value)
        lengths = {parameter: len(value) for parameter, value in lists.items()}
        if len(set(lengths.values())) > 1:
            raise UnequalLengths(*operation.node, lengths)
        return next(iter(lengths.values()))

    def add_note(self, error: BaseException, position: Sequence[int], row: Row) -> None:
        """Add a note to an exception that names the element of the failed call."""
        name, location = self.operation.node
        element = self.operation.over[-1] + "".join(f"[{index}]" for index in position)
        lines = [f"{failed_in(name)} ({location}) for `{element}`, called with"]
        lines += [f"  {source} = {short_repr(value)}" for source, value in zip(self.operation.parameters, row, strict=True)]
        with suppress(Exception):  # the class may not allow attributes, or raise anything else
            error.add_note("\n".join(lines))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _mapped_call, (self.operation, portable(self.call))


def _mapped_call(operation: Map, call: Any) -> MappedCall:
    return MappedCall(operation, original(call))


def failed_in(name: str) -> str:
    """Return the first words of the note on an exception from a node's function."""
    return f"Raised in node `{name}`"


def _count(shape: Shape) -> int:
    return shape if isinstance(shape, int) else sum(map(_count, shape))


def _nested(values: Iterator[Any], shape: Shape) -> list[Any]:
    if isinstance(shape, int):
        return list(islice(values, shape))
    return [_nested(values, part) for part in shape]


def _position(shape: Shape, number: int) -> tuple[int, ...]:
    if isinstance(shape, int):
        return (number,)
    for index, part in enumerate(shape):
        count = _count(part)
        if number < count:
            return index, *_position(part, number)
        number -= count
    raise IndexError(number)
