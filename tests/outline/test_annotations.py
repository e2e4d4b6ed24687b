"""Types as the outline shows them."""

import pytest

from headwater.outline import outline

TYPES = {
    "int": "int",
    "None": "None",
    "pd.Series": "Series",
    "pandas.DataFrame": "DataFrame",
    "Frame": "DataFrame",
    "list[int]": "list[int]",
    "List[pd.Series]": "list[Series]",
    "dict[str, list[pd.DataFrame]]": "dict[str, list[DataFrame]]",
    "Optional[int]": "int | None",
    "Optional[pd.Series]": "Series | None",
    "pd.Series | None": "Series | None",
    "Union[int, str]": "int | str",
    "int | str | None": "int | str | None",
    "typing.Any": "Any",
    "'pd.Series'": "Series",
    "'list[int]'": "list[int]",
    "tuple[int, ...]": "tuple[int, ...]",
    "tuple[()]": "tuple",
    "Callable[[int, str], float]": "Callable[[int, str], float]",
    "Callable[..., float]": "Callable[..., float]",
    "collections.abc.Sequence[int]": "Sequence[int]",
    "Literal['a', 1]": "Literal['a', 1]",
    "Annotated[int, 'metres']": "int",
    "Prices": "dict[str, float]",
    "Price": "Price",
    "np.typing.NDArray[np.float64]": "NDArray[float64]",
    "collections.Counter[str]": "Counter[str]",
    "tuple[Counter[str], ...]": "tuple[Counter[str], ...]",
    "re.Pattern[str] | None": "Pattern[str] | None",
    "queue.Queue[int]": "Queue[int]",
    "queue.Queue[list[pd.Series]]": "Queue[list[Series]]",
    "Box[int]": "Box[int]",
    "'Box[Box[int]]'": "Box[Box[int]]",
    "Box[Callable[[int, str], float]]": "Box[Callable[[int, str], float]]",
    "Box[Literal['a', 'b.c']]": "Box[Literal['a', 'b.c']]",
    "Box[tuple[int, ...] | None]": "Box[tuple[int, ...] | None]",
    "BoxOfInt": "BoxOfInt",
    "Boxes": "list[Box[int]]",
    "compute()[int]": "Any",
    "Unknown": "Unknown",
    "compute()": "Any",
    "'not a type!'": "Any",
    "int[str]": "Any",
}


@pytest.mark.parametrize(("annotation", "shown"), TYPES.items())
def test_a_type_is_shown_as_one_would_write_it(annotation, shown):
    source = f"""
import collections, collections.abc, queue, re, typing
from collections import Counter
from collections.abc import Callable
from typing import Annotated, List, Literal, Optional, Union
import numpy as np, pandas, pandas as pd
from pandas import DataFrame as Frame
Prices = dict[str, float]
class Price: ...
T = typing.TypeVar("T")
class Box(typing.Generic[T]): ...
class BoxOfInt(Box[int]): ...
Boxes = list[Box[int]]
def value() -> {annotation}: ...
"""
    view = outline({"a.py": source})
    assert [node["type"] for node in view["nodes"]] == [shown]
    assert view["problems"] == []
