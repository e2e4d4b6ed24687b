"""Tries to break all later code by patching `builtins`."""

import builtins


def total() -> int:
    for name in ("isinstance", "len", "repr", "str", "type", "getattr", "print", "sum", "sorted", "id", "map"):
        setattr(builtins, name, lambda *_, **__: "owned")
    return 1
