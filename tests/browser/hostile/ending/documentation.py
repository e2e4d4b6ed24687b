"""Tries to break the page with documentation and signatures that are not text."""

import inspect

import headwater as hw


class Nothing:
    def __getattr__(self, name):
        raise SystemExit("left")

    def __repr__(self):
        raise SystemExit("left")

    def __eq__(self, other):
        raise SystemExit("left")

    __hash__ = object.__hash__


def described() -> int:
    return 1


described.__doc__ = Nothing()


def annotated(x: Nothing() = Nothing()) -> Nothing():
    return 1


def named() -> int:
    return 2


named.__name__ = "named\u0000</script>"


def wrapped() -> int:
    return 3


wrapped.__wrapped__ = wrapped


def signed() -> int:
    return 4


signed.__signature__ = Nothing()


__all__ = Nothing()
