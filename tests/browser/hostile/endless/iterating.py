"""Tries to keep Python busy forever with an endless list that claims to be short."""


class Endless(list):
    def __iter__(self):
        while True:
            pass

    def __len__(self) -> int:
        return 3


def total() -> Endless:
    return Endless()
