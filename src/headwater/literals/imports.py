"""Sorted import statements."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from headwater.literals.code import WIDTH


def import_lines(imports: Mapping[str, str] | Iterable[str], local: Collection[str] = ()) -> list[str]:
    """Return import statements, merged and grouped: standard library, installed packages, then local modules.

    Args:
        imports: the statements, or a mapping with the statements as values.
        local: the names of modules in the same folder.
    """
    statements = imports.values() if isinstance(imports, Mapping) else imports
    keys = {text: (_rank(text, local), not text.startswith("import "), _module(text)) for text in statements}
    merged = _merged(sorted(keys, key=keys.__getitem__))
    lines: list[str] = []
    for _, group in groupby(merged, key=lambda text: _rank(text, local)):
        lines += [*([""] if lines else []), *group]
    return lines


def split_imports(statements: Iterable[str], local: Collection[str]) -> tuple[list[str], list[str]]:
    """Split import statements into those that import from the dataflow's modules and all others."""
    dataflow: list[str] = []
    others: list[str] = []
    for statement in statements:
        (dataflow if _module(statement) in local else others).append(statement)
    return dataflow, others


def _merged(statements: Iterable[str]) -> Iterable[str]:
    for (module, is_from), group in groupby(statements, key=lambda text: (_module(text), text.startswith("from "))):
        if not is_from:
            yield from sorted(group)
            continue
        names = sorted({text.partition(" import ")[2] for text in group})
        line = f"from {module} import {', '.join(names)}"
        yield line if len(line) <= WIDTH else "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _module(statement: str) -> str:
    return statement.split()[1]


def _rank(statement: str, local: Collection[str]) -> int:
    module = _module(statement)
    if module == "__future__":
        return 0
    if module in local:
        return 3
    return 1 if module.partition(".")[0] in sys.stdlib_module_names else 2
