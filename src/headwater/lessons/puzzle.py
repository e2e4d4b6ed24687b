"""`Puzzle`: checks the learner's graph, its values, and the number of functions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from headwater.errors import short_repr
from headwater.lessons.failure import WrongValue
from headwater.lessons.shape import GraphShape
from headwater.lessons.shape_difference import difference
from headwater.lessons.similarity import is_similar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from headwater.lessons.criteria import Criteria
    from headwater.lessons.run_facts import RunFacts

_MAX_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Checks for lessons in which the learner builds a target graph."""

    facts: RunFacts
    criteria: Criteria

    def difference(
        self, target: Mapping[str, Collection[str]], *, named: Collection[str] = (), for_each: Collection[str] = ()
    ) -> str:
        """Return the first difference between the learner's graph and the target. Empty if they are isomorphic.

        Args:
            target: the direct dependencies of each node that a function computes. All other nodes are inputs.
            named: the nodes whose names the learner must use. The names of all other nodes may differ.
            for_each: the nodes whose functions are called for each element.
        """
        return difference(GraphShape.of(self.facts.run.graph), GraphShape.described(target, for_each), named)

    def isomorphic(
        self, target: Mapping[str, Collection[str]], *, named: Collection[str] = (), for_each: Collection[str] = ()
    ) -> bool:
        """Return whether the learner's graph equals the target, except for names. The parameters are those of `difference`."""
        return not self.difference(target, named=named, for_each=for_each)

    def check(
        self,
        target: Mapping[str, Collection[str]],
        *,
        values: Mapping[str, Any],
        functions: int,
        for_each: Collection[str] = (),
    ) -> None:
        """Expect the target graph, these values, and at most this number of functions.

        The learner must use the names of the inputs, and of the nodes in `values`.
        """
        inputs = GraphShape.described(target).labeled("input")
        different = self.difference(target, named={*inputs, *values}, for_each=for_each)
        self.criteria.expect(not different, "The graph matches the picture. Names may differ.", hint=different)
        for name in inputs:
            if readers := self._readers_without_default(name):
                missing = f"The input `{name}` has no value, because the parameter `{name}` of {readers} has no default."
                hint = f"{missing} Add a default, or enter a value under Inputs."
                self.criteria.expect(False, f"The input `{name}` has a value.", hint=hint)
        for name, expected in values.items():
            self.criteria.expect(partial(self._has_value, name, expected), f"`{name}` is {_shown(expected)}.")
        used = self.facts.functions
        self.criteria.expect(
            len(used) <= functions,
            f"The number of functions is at most {functions}.",
            hint=f"The nodes are defined by {len(used)} functions: {', '.join(f'`{name}`' for name in used)}. "
            f"Use at most {functions}.",
        )

    def _readers_without_default(self, name: str) -> str:
        """Return the nodes that cannot run because an input has no value. Empty if there are none."""
        run = self.facts.run
        if name not in run.graph:
            return ""
        return " and ".join(
            f"`{node.name}`"
            for node in run.graph
            if run.states.get(node.name) == "waiting"
            and any(read.source == name and not read.optional for read in node.dependencies)
        )

    def _has_value(self, name: str, expected: object) -> bool:
        actual = self.facts.value(name)
        if not is_similar(actual, expected):
            raise WrongValue(f"`{name}` should be {_shown(expected)}, but it is {_shown(actual)}.")
        return True


def _shown(value: object) -> str:
    return short_repr(value, _MAX_SHOWN)
