"""`Parallelizable` and `Collect` as annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import pytest

from headwater.types.element_types import (
    Collect,
    Parallelizable,
    element_type,
    is_collect,
    is_element_marker,
    is_parallelizable,
    without_marker,
)


@pytest.mark.parametrize(
    ("annotation", "element", "read_as"),
    [
        (Parallelizable[int], int, Iterable[int]),
        (Collect[int], int, Sequence[int]),
        (Parallelizable, Any, Iterable[Any]),
        (Collect, Any, Sequence[Any]),
        (Annotated[Collect[str], "sorted"], str, Sequence[str]),
        (Collect[list[int] | None], list[int] | None, Sequence[list[int] | None]),
    ],
    ids=str,
)
def test_a_marker_has_elements_and_is_read_as_a_collection(annotation: Any, element: Any, read_as: Any) -> None:
    assert is_element_marker(annotation)
    assert is_parallelizable(annotation) != is_collect(annotation)
    assert element_type(annotation) == element
    assert without_marker(annotation) == read_as


@pytest.mark.parametrize(
    "annotation", [int, list[int], Iterable[int], Annotated[int, 1], Any, None, list[Collect[int]]], ids=str
)
def test_other_annotations_are_unchanged(annotation: Any) -> None:
    assert not is_element_marker(annotation)
    assert element_type(annotation) is annotation
    assert without_marker(annotation) is annotation
