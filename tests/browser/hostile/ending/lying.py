"""Tries values that lie when they are shown, compared or described."""

import pandas as pd


class Text(str):
    def __getitem__(self, _):
        return object()

    def __len__(self) -> int:
        return 1

    def encode(self, *_):
        return object()

    def __str__(self) -> str:
        return self

    def __contains__(self, _) -> bool:
        return False


class Number(int):
    def __abs__(self):
        return 0

    def __int__(self) -> int:
        return 10**5000

    def __str__(self) -> str:
        return Text("number")

    __repr__ = __str__

    def __lt__(self, _) -> bool:
        return True


class Mapping(dict):
    def __len__(self) -> int:
        return -1

    def items(self):
        return 7


class Sequence(list):
    def __len__(self) -> int:
        return 2**31

    def __iter__(self):
        return iter(int, 1)


class Claiming:
    """Claims to be a frame and to have every attribute."""

    @property
    def __class__(self):
        return pd.DataFrame

    def __getattr__(self, name: str):
        return self

    def __call__(self, *_, **__):
        return self


class Frame(pd.DataFrame):
    @property
    def iloc(self):
        return Claiming()


class DataFrame:
    """Has the same name as another class."""

    shape = ("<b>", object())
    __module__ = "pandas.core.frame"


class Homeless:
    __module__ = 7


class Meta(type):
    @property
    def __name__(cls):
        return Text("meta")

    @property
    def __mro__(cls):
        return 7


class Strange(metaclass=Meta):
    def __repr__(self) -> str:
        return Text("strange")


class Excuse(Exception):
    __notes__ = 7

    @property
    def __traceback__(self):
        raise ValueError

    def __str__(self) -> str:
        return Text("excuse")


def text() -> str:
    return Text("x" * 100)


def long_text() -> str:
    return Text("x" * 100_000)


def number() -> int:
    return Number(7)


def mapping() -> dict:
    return {"inside": Mapping(a=1), Number(1): Number(2), Text("k"): Text("v")}


def bare_mapping() -> dict:
    return Mapping(a=1)


def sequence() -> list:
    return Sequence([1])


def claiming() -> object:
    return Claiming()


def claims() -> list:
    return [Claiming(), DataFrame(), Homeless(), Strange()]


def frame() -> object:
    return Frame({"a": [1]})


def homeless() -> object:
    return Homeless()


def strange() -> object:
    return Strange()


def excuse() -> int:
    raise Excuse


def cells() -> pd.DataFrame:
    return pd.DataFrame({"a": [Claiming(), Text("x"), Number(3), Strange()]})


def a_class() -> type:
    return Strange


def stayed() -> int:
    return 60
