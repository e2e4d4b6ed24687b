"""Tries to exhaust the memory."""


def total() -> int:
    taken = []
    while True:
        taken.append(bytearray(256 * 1024 * 1024))
