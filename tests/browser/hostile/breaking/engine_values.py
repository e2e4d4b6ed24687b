"""Tries to change the values of all later runs."""

from headwater.previews import values


def total() -> int:
    values.preview.__code__ = (lambda *_: {"kind": "scalar", "type": "int", "text": "owned"}).__code__
    values.preview.__defaults__ = ()
    return 1
