"""Tries to fill the page, or the memory, with what it prints."""


def total() -> int:
    while True:
        print("<h1>never</h1>" * 100)
