"""numpy values as code, and what a test asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from headwater.errors import NotWritable, shortened
from headwater.takehome.code import Piece, call, lines, text_code
from headwater.takehome.literals import Literals

HEAD: Final = 20
"""Items of a long array that a test compares."""


def array_code(array: Any, literals: Literals) -> Piece:
    """`np.array([...], dtype=...)`."""
    np_ = literals.module("numpy", "np")
    if type(array) is not np.ndarray or array.dtype.hasobject or array.dtype.names is not None:
        raise NotWritable(f"it is an array of the kind {shortened(array.dtype, 40)}, which has no short way to be written")
    values: Any = array.astype(str).tolist() if array.dtype.kind in "mM" else array.tolist()
    piece = call(f"{np_}.array", literals.part(values), dtype=f'"{array.dtype}"')
    again = literals.evaluated(piece)
    if again.dtype != array.dtype or again.shape != array.shape or not _is_equal(again, array):
        raise NotWritable("numpy does not make the same array of its values")
    return piece


def scalar_code(value: Any, literals: Literals) -> Piece:
    """A number that numpy holds by itself: `np.float64(1.5)`."""
    np_ = literals.module("numpy", "np")
    if value.dtype.kind in "mM":
        unit, _ = np.datetime_data(value.dtype)
        count = str(value.astype("int64")) if value.dtype.kind == "m" and not np.isnat(value) else text_code(str(value))
        piece: Piece = f'{np_}.{type(value).__name__}({count}, "{unit}")'
    else:
        plain = literals.part(value.item())
        if literals.approximate:
            return plain
        piece = call(f"{np_}.{type(value).__name__}", plain)
    again = literals.evaluated(piece)
    if type(again) is not type(value) or again.dtype != value.dtype or not _is_equal(np.asarray(again), np.asarray(value)):
        raise NotWritable(f"numpy does not make the same {type(value).__name__} of {value!r}")
    return piece


def array_check(subject: str, array: Any, literals: Literals) -> list[str]:
    """Of an array that is too long to write, the first items and the shape are compared."""
    testing = f"{literals.module('numpy', 'np')}.testing"
    said = [f'assert {subject}.dtype == "{array.dtype}"']
    try:
        expected = array_code(array, literals)
    except NotWritable:
        if array.ndim == 0 or len(array) <= HEAD:
            raise
        expected = array_code(np.ascontiguousarray(array[:HEAD]), literals)
        said += [f"# Its first {HEAD} items.", f"assert {subject}.shape == {array.shape}"]
        subject = f"{subject}[:{HEAD}]"
    close = array.dtype.kind in "fc"
    function, options = ("assert_allclose", {"rtol": "1e-6"}) if close else ("assert_array_equal", {})
    return [*said, *lines(call(f"{testing}.{function}", subject, expected, **options))]


def _is_equal(one: Any, other: Any) -> bool:
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fcmM"))


WRITERS: Final[Mapping[str, Any]] = {"ndarray": array_code, "generic": scalar_code}
SCALARS: Final[Mapping[str, Any]] = {"generic": True}
CHECKERS: Final[Mapping[str, Any]] = {"ndarray": array_check}
