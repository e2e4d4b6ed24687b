"""The classes that unannotated pandas functions return, for code completion."""

from __future__ import annotations

from types import FunctionType
from typing import Any, Final, Union

import pandas as pd

_TABLE: Final = Union[pd.DataFrame, pd.Series]  # noqa: UP007 - jedi does not support `X | Y`
_LOC: Final[Any] = type(pd.DataFrame().loc)
_RESULTS: Final = {
    pd.DataFrame.__getitem__: _TABLE,
    _LOC.__getitem__: _TABLE,  # also used by `iloc`
    pd.concat: _TABLE,
}
_MODULES: Final = {
    "pandas.core.accessor": pd.Series,  # the attributes of `dt`
    "pandas.core.groupby.generic": _TABLE,
    "pandas.core.groupby.groupby": _TABLE,
    "pandas.core.resample": _TABLE,
    "pandas.core.strings.accessor": pd.Series,
    "pandas.core.window.rolling": _TABLE,
}
"""The result classes of functions that are not in `_RESULTS`, keyed by the function's module."""
_AXIS: Final = type(vars(pd.DataFrame)["columns"])
_ACCESSOR: Final = type(vars(pd.Series)["str"])


def result(function: Any) -> Any:
    """Return the class of a function's result, or None if it is not known."""
    known = next((class_ for known, class_ in _RESULTS.items() if known is function), None)
    return known or (_MODULES.get(function.__module__) if type(function) is FunctionType else None)


def descriptor_value(descriptor: Any) -> Any:
    """Return the class of a descriptor's value, or None if it is not known."""
    if type(descriptor) is _AXIS:
        return pd.Index
    return descriptor._accessor if type(descriptor) is _ACCESSOR else None  # noqa: SLF001
