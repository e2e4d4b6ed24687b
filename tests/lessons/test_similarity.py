"""Values from different versions of the code are similar if they differ only by rounding."""

import math

import pandas as pd
import pytest

from headwater.lessons.similarity import is_similar

NAN = math.nan


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (0.1 + 0.2, 0.3),
        (1, 1.0),
        (NAN, NAN),
        ([1, {"a": 0.3}], [1, {"a": 0.1 + 0.2}]),
        (pd.Series([0.3, NAN]), pd.Series([0.1 + 0.2, NAN])),
        (pd.Series([1, 2]), pd.Series([1.0, 2.0])),
        (pd.Series(["a", None]), pd.Series(["a", None])),
        (pd.DataFrame({"a": [0.3], "b": ["x"]}), pd.DataFrame({"a": [0.1 + 0.2], "b": ["x"]})),
        (pd.Series([1.0]).to_numpy(), pd.Series([1.0 + 1e-13]).to_numpy()),
        (pd.DatetimeIndex(["2024-01-01"]), pd.DatetimeIndex(["2024-01-01"])),
    ],
)
def test_similar(first: object, second: object) -> None:
    assert is_similar(first, second)
    assert is_similar(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (0.3, 0.31),
        (True, 1),
        ("1", 1),
        (None, NAN),
        ([1], [1, 2]),
        ({"a": 1}, {"b": 1}),
        ((1,), [1]),
        (pd.Series([1.0]), pd.Series([1.1])),
        (pd.Series([1.0], index=[5]), pd.Series([1.0])),
        (pd.Series([1.0]), pd.Series([1.0, 1.0])),
        (pd.Series([1.0]), pd.DataFrame({"a": [1.0]})),
        (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
        (pd.Series(["a"]), pd.Series(["b"])),
        (pd.Series([1.0]), 1.0),
    ],
)
def test_different(first: object, second: object) -> None:
    assert not is_similar(first, second)
    assert not is_similar(second, first)
