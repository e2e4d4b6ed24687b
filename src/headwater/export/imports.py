"""Import statements, in the order in which sorters put them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from headwater.literals.code import WIDTH


def import_lines(imports: Mapping[str, str] | Iterable[str], own: Collection[str] = ()) -> list[str]:
    """Import statements, those from one module as one: the standard library, then what is installed, then what is one's own.

    Args:
        imports: the statements; of a mapping, its values.
        own: the modules that stand beside the one that imports.
    """
    statements = imports.values() if isinstance(imports, Mapping) else imports
    merged = _merged(sorted(set(statements), key=lambda one: (_rank(one, own), not one.startswith("import "), _module(one))))
    lines: list[str] = []
    for _, group in groupby(merged, key=lambda one: _rank(one, own)):
        lines += [*([""] if lines else []), *group]
    return lines


def split_imports(statements: Iterable[str], own: Collection[str]) -> tuple[list[str], list[str]]:
    """Split import statements into those of the dataflow's own modules and all others."""
    beside: list[str] = []
    others: list[str] = []
    for statement in statements:
        (beside if _module(statement) in own else others).append(statement)
    return beside, others


def _merged(statements: Iterable[str]) -> Iterable[str]:
    for (module, is_from), group in groupby(statements, key=lambda one: (_module(one), one.startswith("from "))):
        if not is_from:
            yield from sorted(group)
            continue
        names = sorted({one.partition(" import ")[2] for one in group})
        whole = f"from {module} import {', '.join(names)}"
        yield whole if len(whole) <= WIDTH else "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _module(statement: str) -> str:
    return statement.split()[1]


def _rank(statement: str, own: Collection[str]) -> int:
    module = _module(statement)
    if module == "__future__":
        return 0
    if module in own:
        return 3
    return 1 if module.partition(".")[0] in sys.stdlib_module_names else 2
