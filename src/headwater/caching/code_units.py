"""Units of code: functions, classes and module-level values. A token covers a unit and all units that it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from headwater.caching.hashing import combine


class CodeReport(NamedTuple):
    """The token of a function, or the reason why it has none."""

    token: str | None
    """None if any part of the code is unknown."""
    problem: str | None = None
    """Why there is no token."""


@dataclass(slots=True)
class CodeUnit:
    """A function, class or module-level value: its own digest, and the units that it uses, in order."""

    label: str
    subject: object
    """The function, class or value. This reference keeps it alive, so that no later object can reuse its `id`."""
    own: bytes = b""
    uses: tuple[CodeUnit, ...] = ()
    problem: str | None = None
    is_library: bool = False
    reads_signatures: bool = False
    """Whether the unit may read the names and annotations of the functions and classes that it uses."""
    signature: CodeUnit | None = None
    """The name and the annotations of a function or class. None if no code reads them."""


def reachable(start: CodeUnit, *, with_signatures: bool = False) -> list[CodeUnit]:
    """Return a unit and everything that it uses, in order of first use."""
    order, seen = [start], {id(start)}
    for unit in order:  # grows during the loop
        signature = (unit.signature,) if with_signatures and unit.signature is not None else ()
        for used in (*unit.uses, *signature):
            if id(used) not in seen:
                seen.add(id(used))
                order.append(used)
    return order


def report(order: list[CodeUnit]) -> CodeReport:
    """Return the report on the first unit. The report's token covers everything that the unit uses."""
    start = order[0]
    if start.problem is None and len(order) == 1:  # the usual case: the unit uses no other units
        return CodeReport(start.own.hex())
    numbers = {id(unit): number for number, unit in enumerate(order)}
    described: list[bytes] = []
    for unit in order:
        if unit.problem is not None:
            return CodeReport(None, unit.problem)
        signature = unit.signature
        uses = (*unit.uses, signature) if signature is not None and id(signature) in numbers else unit.uses
        described += [unit.own, ",".join([str(numbers[id(used)]) for used in uses]).encode()]
    return CodeReport(combine("code", *described).hex())
