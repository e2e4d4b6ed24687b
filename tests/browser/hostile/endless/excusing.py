"""Tries to keep Python busy forever when its error is described: in an exception's text."""


class Excuse(Exception):
    def __str__(self) -> str:
        while True:
            pass


def total() -> int:
    raise Excuse
