"""Tries to exhaust memory."""


def total() -> int:
    blocks = []
    while True:
        blocks.append(bytearray(256 * 1024 * 1024))
