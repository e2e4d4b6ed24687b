"""Tries names that every JavaScript object has, and names that change all objects."""


def constructor(__proto__: int = 1) -> int:
    print("polluted")
    return 1


def prototype(constructor: int) -> dict:
    return {"__proto__": {"polluted": True}, "constructor": {"prototype": {"polluted": True}}}


def toString(prototype: dict) -> int:
    return 2


def valueOf(toString: int, hasOwnProperty: int = 3) -> int:
    return 3


def then(valueOf: int) -> int:
    return 57 + valueOf
