"""Tries characters that are invalid, and characters that reverse or hide text."""

import headwater as hw

ODD = "\u202eevil\u2066\u200b\u0000\u001b[31m\ufeff\ud800\U0010ffff" + "e" + "\u0301" * 2_000


@hw.tag(owner=ODD)
def ﬁeld() -> str:
    "\u202edoc\u0000\ud800"
    print(ODD)
    return ODD


def 数(ﬁeld: str) -> dict:
    return {ODD: [ODD]}


def failed(ﬁeld: str) -> int:
    raise ValueError(ODD)
