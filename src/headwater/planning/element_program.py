"""`ElementProgram`: several functions that are called for the same element, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors import NotAList, UnequalLengths
from headwater.graph.failure_notes import add_call_note
from headwater.graph.mapped_call import MappedCall
from headwater.graph.portable import original, portable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from headwater.graph.mapped_call import Row, Rows
    from headwater.graph.node import Node


class ElementStep(NamedTuple):
    """One call for an element."""

    node: Node
    call: Callable[..., Any]
    """A function that computes the node's value for one element from positional arguments."""
    read: Callable[[list[Any]], tuple[Any, ...]]
    """A function that returns the arguments, given the values for the element."""
    arguments: tuple[int, ...]
    """The positions of the arguments among the values for the element."""

    @classmethod
    def of(cls, node: Node, call: Callable[..., Any], arguments: tuple[int, ...]) -> ElementStep:
        """Return the step that calls the function of `node`."""
        return cls(node, call, items_getter(arguments), arguments)

    def note_failure(self, error: BaseException, values: Sequence[Any]) -> None:
        """Add a note about this call to an exception. `values` are the values for the element."""
        parameters = [argument.parameter for argument in self.node.arguments]
        add_call_note(error, self.node.name, self.node.location, parameters, [values[index] for index in self.arguments])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the function by value if another process cannot import it by name."""
        return _element_step, (self.node, portable(self.call), self.arguments)


def _element_step(node: Node, call: Any, arguments: tuple[int, ...]) -> ElementStep:
    return ElementStep.of(node, original(call), arguments)


def items_getter(positions: tuple[int, ...]) -> Callable[[list[Any]], tuple[Any, ...]]:
    """Return a function that returns the items at these positions. `itemgetter` is implemented in C, which makes loops fast.

    >>> items_getter((2, 0))(["a", "b", "c"]), items_getter((1,))(["a", "b"]), items_getter(())(["a"])
    (('c', 'a'), ['b'], [])
    """
    match positions:
        case ():
            return itemgetter(slice(0, 0))
        case (position,):
            return itemgetter(slice(position, position + 1))
        case _:
            return itemgetter(*positions)


@dataclass(frozen=True, slots=True)
class ElementProgram:
    """A callable that computes several nodes for one element.

    The values for an element are numbered: first the arguments of the program, then the value of each step. Values that are not
    results are freed after each element.
    """

    received: int
    """The number of arguments."""
    steps: tuple[ElementStep, ...]
    results: tuple[int, ...]
    """The positions of the values that the program returns."""

    def __call__(self, *arguments: Any) -> tuple[Any, ...]:
        """Compute the results for an element. If a function raises, add a note that names its node."""
        values = list(arguments)
        try:
            for _, call, read, _ in self.steps:
                values.append(call(*read(values)))
        except BaseException as error:
            self.steps[len(values) - self.received].note_failure(error, values)
            raise
        return self.results_of(values)

    def step_with_unequal_lengths(self, lengths: Sequence[int | None]) -> tuple[ElementStep, Mapping[str, int]]:
        """Return the first step that reads lists of different lengths, and these lengths, keyed by parameter.

        Args:
            lengths: the length of each argument of the program, or None for an argument that is the same for all elements.
        """
        known = list(lengths)
        for step in self.steps:
            read = zip(step.node.arguments, (known[index] for index in step.arguments), strict=True)
            own = {argument.parameter: length for argument, length in read if length is not None}
            if len(set(own.values())) > 1:
                return step, own
            known.append(next(iter(own.values()), None))
        raise ValueError("No step reads lists of different lengths.")

    def reader_of(self, position: int) -> tuple[ElementStep, str]:
        """Return the first step that reads an argument of the program, and the name of the step's parameter."""
        step = next(step for step in self.steps if position in step.arguments)
        return step, step.node.arguments[step.arguments.index(position)].parameter

    @property
    def result_of_steps(self) -> list[int | None]:
        """For each step, the position of its value among the results, or None if the value is not a result."""
        first = self.received
        positions = {value: position for position, value in enumerate(self.results)}
        return [positions.get(first + index) for index in range(len(self.steps))]

    def results_of(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """Return the results among the values for an element."""
        return tuple([values[index] for index in self.results])


@dataclass(frozen=True, slots=True)
class MappedProgram(MappedCall):
    """A callable that runs a program for each element. It returns nested lists for each of the program's results."""

    @property
    def program(self) -> ElementProgram:
        """The program that is called for each element."""
        assert isinstance(self.call, ElementProgram)
        return self.call

    def value(self, rows: Rows, values: Sequence[Any]) -> Any:
        """Return the values of each result in nested lists."""
        columns = zip(*values, strict=True) if values else ([] for _ in self.program.results)
        return tuple(rows.nested(list(column)) for column in columns)

    def not_a_list(self, position: int, value: Any) -> NotAList:
        """Return the error for an argument that is not a list. The error names the function that reads the argument."""
        step, parameter = self.program.reader_of(position)
        return NotAList(step.node.name, step.node.location, parameter, value)

    def unequal_lengths(self, lengths: Sequence[int | None]) -> UnequalLengths:
        """Return the error for lists of different lengths. The error names the function that reads the lists."""
        step, own = self.program.step_with_unequal_lengths(lengths)
        return UnequalLengths(step.node.name, step.node.location, own)

    def add_note(self, error: BaseException, position: Sequence[int], row: Row) -> None:
        """Add a note about the element to an exception. The program has already added a note about the call."""
        del row
        self.add_element_note(error, position)
