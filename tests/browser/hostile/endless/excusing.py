"""Tries to keep Python busy for ever when it says what is wrong: in an exception's text."""


class Excuse(Exception):
    def __str__(self) -> str:
        while True:
            pass


def total() -> int:
    raise Excuse
