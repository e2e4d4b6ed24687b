"""`MappedCall`: calls a function once for each element."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from headwater.errors import NotAList, UnequalLengths
from headwater.graph.failure_notes import add_call_note, add_note
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from headwater.graph.operation import Map

Lengths = int | tuple[Any, ...]
"""The lengths of nested lists: an integer for a list of values, or a tuple with the lengths of each inner list."""

Row = tuple[Any, ...]
"""The arguments of one call."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The arguments of all calls, and the lengths of the nested lists for their values."""

    rows: Iterable[Row]
    """The arguments of each call, in the order of the elements. Can be iterated over only once."""
    lengths: Lengths

    @property
    def count(self) -> int:
        """The number of calls."""
        return _count(self.lengths)

    def nested(self, values: Sequence[Any]) -> list[Any]:
        """Return the values of all calls in nested lists of these lengths."""
        if isinstance(self.lengths, int):
            return values if isinstance(values, list) else list(values)
        return _nested(iter(values), self.lengths)

    def position(self, number: int) -> tuple[int, ...]:
        """Return the position of a call's value in the nested lists. `number` is the index of the call."""
        return _position(self.lengths, number)

    def positions(self) -> Iterator[tuple[int, ...]]:
        """Yield the positions of all values, in the order of the calls."""
        return _positions(self.lengths)


@dataclass(frozen=True, slots=True)
class MappedCall:
    """Applies `call` to the elements of nested lists. `operation.depths` has the nesting depth of each argument."""

    operation: Map
    call: Callable[..., Any]

    def __call__(self, *arguments: Any) -> Any:
        """Make all calls in this thread. If a call raises an exception, add a note that names the element."""
        rows = self.rows(arguments)
        call, values = self.call, list[Any]()
        add, row = values.append, ()
        try:
            for row in rows.rows:
                add(call(*row))
        except BaseException as error:
            self.add_note(error, rows.position(len(values)), row)
            raise
        return self.value(rows, values)

    def value(self, rows: Rows, values: Sequence[Any]) -> Any:
        """Return the values of all calls in nested lists."""
        return rows.nested(values)

    def rows(self, arguments: Sequence[Any]) -> Rows:
        """Return the arguments of each call.

        Raises:
            UnequalLengths: lists that are iterated over together have different lengths.
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
        return Rows(chain.from_iterable(part.rows for part in inner), tuple(part.lengths for part in inner))

    def _length(self, arguments: Sequence[Any], depths: Sequence[int]) -> int:
        lengths: list[int | None] = []
        for position, (argument, depth) in enumerate(zip(arguments, depths, strict=True)):
            if depth and not isinstance(argument, Sequence):
                raise self.not_a_list(position, argument)
            lengths.append(len(argument) if depth else None)
        distinct = set(lengths) - {None}
        if len(distinct) > 1:
            raise self.unequal_lengths(lengths)
        return next(length for length in distinct if length is not None)

    def not_a_list(self, position: int, value: Any) -> NotAList:
        """Return the error for an argument that is not a list."""
        return NotAList(*self.operation.node, self.operation.parameters[position], value)

    def unequal_lengths(self, lengths: Sequence[int | None]) -> UnequalLengths:
        """Return the error for lists of different lengths. A length is None for an argument that is not a list."""
        named = zip(self.operation.parameters, lengths, strict=True)
        return UnequalLengths(*self.operation.node, {parameter: length for parameter, length in named if length is not None})

    def add_note(self, error: BaseException, position: Sequence[int], row: Row) -> None:
        """Add notes about the failed call and its element to an exception."""
        add_call_note(error, *self.operation.node, self.operation.parameters, row)
        self.add_element_note(error, position)

    def add_element_note(self, error: BaseException, position: Sequence[int]) -> None:
        """Add a note about the element to an exception."""
        add_note(error, f"This call was for the element `{self._element(position)}`.")

    def add_batch_note(self, error: BaseException, first: Sequence[int], last: Sequence[int]) -> None:
        """Add a note about the first and the last element of a batch to the exception of the batch."""
        if first == last:
            self.add_element_note(error, first)
        else:
            add_note(error, f"These calls were for elements `{self._element(first)}` to `{self._element(last)}`.")

    def _element(self, position: Sequence[int]) -> str:
        return self.operation.over[-1] + "".join(f"[{index}]" for index in position)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _mapped_call, (type(self), self.operation, portable(self.call))


def _mapped_call(class_: type[MappedCall], operation: Map, call: Any) -> MappedCall:
    return class_(operation, original(call))


def _count(lengths: Lengths) -> int:
    return lengths if isinstance(lengths, int) else sum(map(_count, lengths))


def _nested(values: Iterator[Any], lengths: Lengths) -> list[Any]:
    if isinstance(lengths, int):
        return list(islice(values, lengths))
    return [_nested(values, part) for part in lengths]


def _positions(lengths: Lengths) -> Iterator[tuple[int, ...]]:
    for index, part in enumerate(range(lengths) if isinstance(lengths, int) else lengths):
        if isinstance(lengths, int):
            yield (index,)
        else:
            yield from ((index, *inner) for inner in _positions(part))


def _position(lengths: Lengths, number: int) -> tuple[int, ...]:
    if isinstance(lengths, int):
        return (number,)
    for index, part in enumerate(lengths):
        count = _count(part)
        if number < count:
            return index, *_position(part, number)
        number -= count
    raise IndexError(number)
