"""Tries to take all the memory that there is."""


def total() -> int:
    taken = []
    while True:
        taken.append(bytearray(256 * 1024 * 1024))
