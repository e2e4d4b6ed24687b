"""Tries to fill the page or the memory by printing."""


def total() -> int:
    while True:
        print("<h1>never</h1>" * 100)
