"""`fused`: joins functions that are called for the same elements, so that each element passes through all of them.

Without joining, each function would be called for all elements before the next function is called, and all intermediate values
would exist at the same time. Workers would also return these values and then receive them again.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.graph.mapped_call import MappedCall
from headwater.graph.node import Dependency
from headwater.graph.operation import Map, Origin, Pass
from headwater.planning.element_program import ElementProgram, ElementStep, MappedProgram
from headwater.planning.plan import steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from headwater.graph.node import Node
    from headwater.planning.plan import Plan, PlannedCall, Step

Place = object
"""The place where a function is called, such as an executor. Only functions that are called in the same place are joined."""


def fused(plan: Plan, place_of: Callable[[Node], Place] = lambda _: None) -> Plan:
    """Return a plan with the same outputs, in which mapped steps are joined where possible.

    Args:
        plan: the plan.
        place_of: returns the place where a node's function is called.
    """
    if not plan.is_mapped:
        return plan
    groups = [group for group in _groups(plan, place_of) if len(group) > 1]
    return _Fusion(plan, groups).plan() if groups else plan


class _Key(NamedTuple):
    """The key that steps share if their functions may be called for the same elements."""

    over: tuple[str, ...]
    place: Place
    level: int
    """The maximum number of breaks on a path to this step.

    A break is a dependency between steps with other elements or another place, or one that reads all elements at once.

    Steps on different levels are in different groups, so no path leaves a group and returns to it.
    """


def _groups(plan: Plan, place_of: Callable[[Node], Place]) -> list[list[Step]]:
    """Return the mapped steps in groups. The steps of a group read the same lists or each other's values."""
    keys: dict[int, _Key] = {}
    groups = _DisjointSets()
    for step in plan.steps:
        key = keys[step.result] = _key(step, place_of, keys)
        if key.over:
            groups.join((key, step.result), *((key, slot) for slot, depth in _reads(step) if depth == len(key.over)))
    members: dict[Any, list[Step]] = defaultdict(list)
    for step in plan.steps:
        key = keys[step.result]
        if key.over:
            members[groups.representative((key, step.result))].append(step)
    return list(members.values())


def _key(step: Step, place_of: Callable[[Node], Place], keys: Mapping[int, _Key]) -> _Key:
    """Return the key of a step, given the keys of the steps before it."""
    if not isinstance(step.call, MappedCall):
        return _Key((), None, max((keys[slot].level + 1 for slot in step.arguments if slot in keys), default=0))
    over, place = _over(step), place_of(step.node)
    level = 0
    for slot, depth in _reads(step):
        if slot in keys:
            source = keys[slot]
            is_same_element = source.over == over and source.place == place and depth == len(over)
            level = max(level, source.level if is_same_element else source.level + 1)
    return _Key(over, place, level)


class _DisjointSets:
    """Disjoint sets of keys and slots."""

    def __init__(self) -> None:
        self._parents: dict[tuple[_Key, int], tuple[_Key, int]] = {}

    def representative(self, item: tuple[_Key, int]) -> tuple[_Key, int]:
        """Return the representative of the set that contains an item."""
        path: list[tuple[_Key, int]] = []
        while (parent := self._parents.get(item, item)) != item:
            path.append(item)
            item = parent
        self._parents.update(dict.fromkeys(path, item))  # path compression
        return item

    def join(self, *items: tuple[_Key, int]) -> None:
        """Join the sets that contain the items."""
        first = self.representative(items[0])
        for item in items[1:]:
            self._parents[self.representative(item)] = first


class _Fusion:
    """A plan in which groups of steps are being replaced by one step each."""

    def __init__(self, plan: Plan, groups: Sequence[Sequence[Step]]) -> None:
        self._plan = plan
        self._groups = groups
        self._template = list(plan.template)
        self._readers: dict[int, list[Step]] = defaultdict(list)
        for step in plan.steps:
            for slot in step.arguments:
                self._readers[slot].append(step)

    def plan(self) -> Plan:
        in_group = {step.result for group in self._groups for step in group}
        units: list[list[PlannedCall]] = [[step[:4]] for step in self._plan.steps if step.result not in in_group]
        units += [self._unit(group) for group in self._groups]
        calls = [call for unit in _in_order(units, self._plan) for call in unit]
        temporary = {result for _, _, _, result in calls} - set(self._plan.outputs.values())
        return self._plan._replace(steps=steps_of(calls, temporary), template=tuple(self._template))

    def _unit(self, group: Sequence[Step]) -> list[PlannedCall]:
        """Return the call for a group, followed by a call for each result, which extracts that result."""
        own = {step.result for step in group}
        outputs = set(self._plan.outputs.values())
        results = [step for step in group if step.result in outputs or self._is_read_outside(step.result, own)]
        received = list(dict.fromkeys(read for step in group for read in _reads(step) if read[0] not in own))
        positions = {read: index for index, read in enumerate(received)}
        positions |= {(step.result, len(_over(step))): len(received) + index for index, step in enumerate(group)}
        steps = tuple(
            ElementStep.of(step.node, _mapped(step).call, tuple(positions[read] for read in _reads(step))) for step in group
        )
        program = ElementProgram(len(received), steps, tuple(positions[step.result, len(_over(step))] for step in results))
        node = self._node(group, received)
        operation = node.operation
        assert isinstance(operation, Map)
        slot = len(self._template)
        self._template.append(None)
        call: PlannedCall = (node, MappedProgram(operation, program), tuple(slot for slot, _ in received), slot)
        return [call, *(self._take_result(step, index, slot) for index, step in enumerate(results))]

    def _is_read_outside(self, slot: int, own: set[int]) -> bool:
        return any(reader.result not in own for reader in self._readers[slot])

    def _node(self, group: Sequence[Step], received: Sequence[_Read]) -> Node:
        """Return a node for a group's call. The node has the tags of all functions in the group."""
        first = group[0].node
        name = ", ".join(step.node.name for step in group)
        names = {slot: name for name, slot in self._plan.provided.items()}
        names |= {step.result: step.node.name for step in self._plan.steps}
        parameters = tuple(names.get(slot, "a constant") for slot, _ in received)
        depths = tuple(depth for _, depth in received)
        operation = Map(Pass(), depths, _over(group[0]), parameters, Origin(name, first.location))
        arguments = tuple(Dependency(parameter, parameter, Any) for parameter in parameters)
        return dataclasses.replace(first, name=name, operation=operation, arguments=arguments)

    @staticmethod
    def _take_result(step: Step, index: int, slot: int) -> PlannedCall:
        argument = Dependency("values", "", Any)
        return dataclasses.replace(step.node, operation=Pass(), arguments=(argument,)), TakeResult(index), (slot,), step.result


@dataclass(frozen=True, slots=True)
class TakeResult:
    """A callable that returns one of the results of an `ElementProgram`."""

    position: int

    def __call__(self, results: Sequence[Any]) -> Any:
        """Return the result for one node."""
        return results[self.position]


_Read = tuple[int, int]
"""A slot, and the nesting depth of the lists that hold its value for each element."""


def _mapped(step: Step) -> MappedCall:
    assert isinstance(step.call, MappedCall)
    return step.call


def _over(step: Step) -> tuple[str, ...]:
    return _mapped(step).operation.over


def _reads(step: Step) -> list[_Read]:
    return list(zip(step.arguments, _mapped(step).operation.depths, strict=True))


def _in_order(units: Sequence[list[PlannedCall]], plan: Plan) -> Iterable[list[PlannedCall]]:
    """Yield the units in topological order. If several orders are possible, use the order of the plan."""
    place = {step.result: index for index, step in enumerate(plan.steps)}
    unit_of = {result: number for number, unit in enumerate(units) for _, _, _, result in unit}
    needs = [
        {unit_of[slot] for _, _, slots, _ in unit for slot in slots if slot in unit_of} - {n} for n, unit in enumerate(units)
    ]
    readers: Mapping[int, list[int]] = defaultdict(list)
    for number, needed in enumerate(needs):
        for other in needed:
            readers[other].append(number)
    priority = [min(place[result] for _, _, _, result in unit if result in place) for unit in units]
    ready = [(priority[number], number) for number, needed in enumerate(needs) if not needed]
    heapify(ready)
    missing = list(map(len, needs))
    while ready:
        _, number = heappop(ready)
        yield units[number]
        for reader in readers[number]:
            missing[reader] -= 1
            if not missing[reader]:
                heappush(ready, (priority[reader], reader))
