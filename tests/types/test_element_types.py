"""`Parallelizable` and `Collect` as annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

import pytest

from headwater.types.element_types import (
    Collect,
    Parallelizable,
    element_type,
    has_several_types,
    is_collect,
    is_element_marker,
    is_parallelizable,
    nested_marker,
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


@pytest.mark.parametrize(
    ("annotation", "marker"),
    [
        (Parallelizable[int], None),
        (Annotated[Collect[list[int]], "sorted"], None),
        (dict[str, list[int]], None),
        (Parallelizable, None),
        (list[Collect[int]], "Collect"),
        (Parallelizable[int] | None, "Parallelizable"),
        (Callable[[Collect[int]], int], "Collect"),
        (dict[str, tuple[Parallelizable, ...]], "Parallelizable"),  # type: ignore[type-arg]
        (Annotated[list[Annotated[Collect[int], "sorted"]], "nested"], "Collect"),
    ],
    ids=str,
)
def test_a_marker_inside_another_type_is_found(annotation: Any, marker: str | None) -> None:
    assert nested_marker(annotation) == marker


def test_a_marker_with_several_types_is_found() -> None:
    assert has_several_types(Parallelizable[int, str])  # type: ignore[misc]
    assert not has_several_types(Annotated[Collect[int], "sorted"])
    assert not has_several_types(dict[int, str])
