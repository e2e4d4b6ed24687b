"""The names and annotations of functions and classes, for code that reads them."""

from __future__ import annotations

import sys
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

READS_SIGNATURES: Final = frozenset(
    {
        *("__annotations__", "__name__", "__orig_bases__", "__qualname__", "__type_params__", "__value__"),
        *("fields", "get_annotations", "get_type_hints", "getfullargspec", "signature"),
    }
)
"""Names that give access to the names and annotations of functions and classes."""
_WITHOUT_SIGNATURES: Final = frozenset({"matplotlib", "numpy", "pandas", "polars", "pyarrow", "scipy", "sklearn"})
"""Libraries whose functions do not read the annotations of the user's functions and classes."""


def library_reads_signatures(module: str) -> bool:
    """Return True if a library may read annotations, as pydantic does.

    >>> library_reads_signatures("pydantic.main"), library_reads_signatures("numpy"), library_reads_signatures("json")
    (True, False, False)
    """
    package = module.partition(".")[0]
    return package not in sys.stdlib_module_names and package not in _WITHOUT_SIGNATURES


def annotations_of(subject: FunctionType | type) -> Mapping[str, Any]:
    """Return the annotations of a function or class, without inherited ones. Strings are not evaluated."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(subject, format=annotationlib.Format.FORWARDREF)
    if isinstance(subject, type):  # reading `__annotations__` could add it to the class
        annotations: Mapping[str, Any] = vars(subject).get("__annotations__", {})
        return annotations
    return subject.__annotations__
