"""Tries to exit by raising exceptions that `except Exception` does not catch."""

import asyncio
import sys


class Left(BaseException):
    pass


class Value:
    def __init__(self, how: BaseException) -> None:
        self.how = how

    def __repr__(self) -> str:
        raise self.how


def exiting() -> int:
    sys.exit("left")


def quitting() -> int:
    quit()


def closing() -> int:
    raise GeneratorExit


def cancelling() -> int:
    raise asyncio.CancelledError


def inventing() -> int:
    raise Left("left")


def grouping() -> int:
    raise BaseExceptionGroup("left", [Left("left"), SystemExit()])


def representing() -> list:
    return [Value(SystemExit("left")), Value(Left("left"))]


def shown() -> Value:
    return Value(Left("left"))


def excused() -> int:
    raise Value(Left("left")).how from Left(Value(SystemExit()))


def stayed() -> int:
    return 60
