"""Tries to break all later code by disabling imports."""

import builtins
import sys


def total() -> int:
    builtins.__import__ = None
    sys.meta_path.clear()
    sys.path.clear()
    for name in list(sys.modules):
        if name not in ("builtins", "sys"):
            del sys.modules[name]
    return 1
