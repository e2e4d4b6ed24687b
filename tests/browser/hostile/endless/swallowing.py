"""Tries to keep Python busy for ever, and to swallow whatever would end it."""


def total() -> int:
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            continue
