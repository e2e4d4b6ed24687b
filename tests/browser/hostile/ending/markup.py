"""<img src="owned" onerror="owned=1"> tries to be markup wherever user text is shown."""

import pandas as pd

import headwater as hw

MARKUP = '</script></style></textarea><img src="owned" onerror="owned=1"><svg onload="owned=1"></svg><script>owned=1</script>'


class Value:
    def __repr__(self) -> str:
        return MARKUP

    def _repr_html_(self) -> str:
        return MARKUP

    _repr_svg_ = _repr_markdown_ = _repr_html_


Value.__name__ = Value.__qualname__ = MARKUP


class Failure(Exception):
    pass


Failure.__name__ = Failure.__qualname__ = MARKUP


@hw.tag(owner=MARKUP)
def text() -> str:
    """<img src="owned" onerror="owned=1">

    <script>owned=1</script>
    """
    print(MARKUP)
    return MARKUP


def value(text: str) -> Value:
    return Value()


def tree(text: str) -> dict:
    return {MARKUP: [MARKUP, Value()]}


def table(text: str) -> pd.DataFrame:
    return pd.DataFrame({MARKUP: [MARKUP, Value()]}, index=pd.Index([MARKUP, "x"], name=MARKUP))


def failed(text: str, choice: str = '<img src="owned" onerror="owned=1">') -> int:
    raise Failure(MARKUP)
