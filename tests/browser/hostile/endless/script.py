"""Tries to keep the worker busy forever in JavaScript, outside of Python."""

import js


def total() -> int:
    js.RegExp.new("^(a+)+$").test("a" * 100 + "b")
    return 1
