"""Tries to exhaust the browser's stack through C, which fails before Python does."""


class Deep:
    def __repr__(self) -> str:
        return repr(self)


def total() -> Deep:
    return Deep()
