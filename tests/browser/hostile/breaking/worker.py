"""Tries to leave the visitor without a reply by ending the worker from inside."""

import js


def total() -> int:
    js.self.close()
    return 1
