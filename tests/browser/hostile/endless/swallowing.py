"""Tries to keep Python busy forever, and to swallow all exceptions that would end it."""


def total() -> int:
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            continue
