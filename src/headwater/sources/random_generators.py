"""Calls that create random number generators and iterators, seed generators, or draw from them."""

from __future__ import annotations

import ast
from typing import Final

GENERATORS: Final = frozenset({"Generator", "Random", "RandomState", "count", "cycle", "default_rng", "iter"})
"""Functions that return a random number generator or an iterator. Calling its methods or `next` changes its state."""


def random_library(call: ast.Call) -> str | None:
    """Return the library whose global random generator a call uses, such as `np` for `np.random.normal()`.

    Otherwise, return None.
    """
    path: list[str] = []
    owner = call.func
    while isinstance(owner, ast.Attribute):
        path.append(owner.attr)
        owner = owner.value
    is_random = isinstance(owner, ast.Name) and path and "random" in (owner.id, *path[1:]) and path[0] not in GENERATORS
    return owner.id if is_random and isinstance(owner, ast.Name) else None


def is_seed(call: ast.Call) -> bool:
    """Return whether a call seeds a random generator."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "seed"


def creates_generator(expression: ast.expr | None) -> bool:
    """Return whether an expression creates a random number generator or an iterator: `random.Random(1)`."""
    match expression:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in GENERATORS
        case _:
            return False
