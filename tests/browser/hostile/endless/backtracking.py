"""Tries to keep Python busy forever in the C code of a library: a regular expression that backtracks."""

import re


def total() -> bool:
    return re.fullmatch(r"(a+)+", "a" * 60 + "b") is not None
