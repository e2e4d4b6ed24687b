"""Tries to keep Python busy for ever with a list that has no end, and says that it is short."""


class Endless(list):
    def __iter__(self):
        while True:
            pass

    def __len__(self) -> int:
        return 3


def total() -> Endless:
    return Endless()
