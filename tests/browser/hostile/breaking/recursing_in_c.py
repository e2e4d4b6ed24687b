"""Tries to exhaust the browser's stack through C code, before Python reaches its recursion limit."""


class Deep:
    def __repr__(self) -> str:
        return repr(self)


def total() -> Deep:
    return Deep()
