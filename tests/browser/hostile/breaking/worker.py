"""Tries to leave the visitor without a reply by terminating its own worker."""

import js


def total() -> int:
    js.self.close()
    return 1
