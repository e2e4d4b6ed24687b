"""numpy values as code, and the assertions that a test makes about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from headwater.errors import NotWritable, short_repr
from headwater.literals.code import BracketGroup, Piece, call, lines, text_code
from headwater.literals.errors import NotComparable, TooLarge, TooLong
from headwater.literals.limits import MAX_CODE_VALUES, MAX_EXPORTED_VALUES
from headwater.literals.literals import Literals


def array_code(array: Any, literals: Literals) -> Piece:
    """Return `np.array([...], dtype=...)`."""
    np_ = literals.module("numpy", "np")
    if type(array) is not np.ndarray or array.dtype.hasobject or array.dtype.names is not None:
        raise NotWritable(f"arrays of type {short_repr(array.dtype, 40)} cannot be written as code")
    shape = " x ".join(f"{length:,}" for length in array.shape)
    if array.size > MAX_EXPORTED_VALUES:
        raise TooLarge(f"it is an array of {shape} values, but an exported file holds at most {MAX_EXPORTED_VALUES:,}")
    if not literals.is_spread and array.size > MAX_CODE_VALUES:
        raise TooLong(f"it is an array of {shape} values, and the limit for code is {MAX_CODE_VALUES:,}")
    values: Any = array.astype(str).tolist() if array.dtype.kind in "mM" else array.tolist()
    piece = call(f"{np_}.array", literals.part(values), dtype=f'"{array.dtype}"')
    if array.size == 0 and array.shape != (0,):
        piece = BracketGroup(piece.opening, piece.items, f").reshape({array.shape})")
    evaluated = literals.evaluate(piece)
    if evaluated.dtype != array.dtype or evaluated.shape != array.shape or not _is_equal(evaluated, array):
        raise NotWritable("rebuilding the array from its values with numpy gives a different result")
    return piece


def scalar_code(value: Any, literals: Literals) -> Piece:
    """Return a numpy scalar: `np.float64(1.5)`."""
    np_ = literals.module("numpy", "np")
    if value.dtype.kind in "mM":
        if literals.approximate and np.isnat(value):
            raise NotComparable(f"it contains {value!r}, which is not equal to itself")
        unit, _ = np.datetime_data(value.dtype)
        count = str(value.astype("int64")) if value.dtype.kind == "m" and not np.isnat(value) else text_code(str(value))
        piece: Piece = f'{np_}.{type(value).__name__}({count}, "{unit}")'
    else:
        plain = literals.part(value.item())
        if literals.approximate:
            return plain
        piece = call(f"{np_}.{type(value).__name__}", plain)
    evaluated = literals.evaluate(piece)
    same_type = type(evaluated) is type(value) and evaluated.dtype == value.dtype
    if not same_type or not _is_equal(np.asarray(evaluated), np.asarray(value)):
        raise NotWritable(f"evaluating {value!r} with numpy does not give an equal {type(value).__name__}")
    return piece


def array_check(subject: str, array: Any, literals: Literals, name: str) -> list[str]:
    """Return lines of code that compare the dtype, shape and items of `subject` with an array. Floats may differ slightly."""
    expected = literals.piece(array, name)
    testing = f"{literals.module('numpy', 'np')}.testing"
    is_close = array.dtype.kind in "fc"
    function, options = ("assert_allclose", {"rtol": "1e-6"}) if is_close else ("assert_array_equal", {})
    attributes = [f'assert {subject}.dtype == "{array.dtype}"', f"assert {subject}.shape == {array.shape}"]
    return [*attributes, *lines(call(f"{testing}.{function}", subject, expected, **options))]


def _is_equal(left: Any, right: Any) -> bool:
    return bool(np.array_equal(left, right, equal_nan=left.dtype.kind in "fcmM"))


WRITERS: Final[Mapping[str, Any]] = {"ndarray": array_code, "generic": scalar_code}
SCALARS: Final[Mapping[str, Any]] = {"generic": True}
CHECKERS: Final[Mapping[str, Any]] = {"ndarray": array_check}
TEXTS: Final[Mapping[str, Any]] = {"generic": (lambda value: value.item(), "numpy", "np.%($)")}
