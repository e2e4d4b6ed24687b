"""Tries to be deeper than the stack of the browser: by way of C, which gives up before Python does."""


class Deep:
    def __repr__(self) -> str:
        return repr(self)


def total() -> Deep:
    return Deep()
