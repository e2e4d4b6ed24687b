"""The approximate sizes of values in memory."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import pytest

from headwater.previews.sizes import MAX_OBJECTS, value_size


@dataclass
class Pair:
    first: object
    second: object


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


TEXT = "x" * 10_000


@pytest.mark.parametrize("value", [1, 2.5, True, None, "text", b"bytes"])
def test_a_scalar_has_its_own_size(value: object) -> None:
    assert value_size(value) == sys.getsizeof(value)


@pytest.mark.parametrize(
    "value",
    [
        [TEXT],
        (TEXT,),
        {TEXT},
        frozenset({TEXT}),
        {"key": TEXT},
        {TEXT: 1},
        Pair(TEXT, 1),
        Slotted(TEXT),
        iter([TEXT]),
        [[[TEXT]]],
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_holds_its_parts(value: object) -> None:
    size = value_size(value)
    assert size is not None
    assert sys.getsizeof(TEXT) < size < sys.getsizeof(TEXT) + 2_000


def test_a_part_that_occurs_twice_counts_once() -> None:
    size = value_size(Pair(TEXT, [TEXT]))
    assert size is not None
    assert size < 1.2 * len(TEXT)


def test_a_value_that_contains_itself_has_a_size() -> None:
    value: list[Any] = [TEXT]
    value.append(value)
    size = value_size(value)
    assert size is not None
    assert len(TEXT) < size < len(TEXT) + 500


@pytest.mark.parametrize(
    "value",
    [
        [f"{number:_>100}" for number in range(100_000)],
        tuple(f"{number:_>100}" for number in range(100_000)),
        {f"{number:_>100}" for number in range(100_000)},
        {f"{number:_>100}": None for number in range(100_000)},
        [[f"{number:_>100}"] for number in range(100_000)],
    ],
    ids=["list", "tuple", "set", "dict", "nested"],
)
def test_the_size_of_a_long_container_is_estimated(value: Any) -> None:
    items = sum(sys.getsizeof(item) for item in value)
    nested = 100_000 * sys.getsizeof(f"{0:_>100}") if isinstance(value, list) and isinstance(value[0], list) else 0
    size = value_size(value)
    assert size is not None
    assert abs(size / (sys.getsizeof(value) + items + nested) - 1) < 0.05


def test_many_references_to_one_object_count_only_as_references() -> None:
    value = [TEXT] * 100_000
    assert value_size(value) == sys.getsizeof(value) + sys.getsizeof(TEXT)


def test_code_is_not_part_of_a_value() -> None:
    assert value_size(sys) == 0
    assert value_size(Pair) == 0
    assert value_size([value_size]) == sys.getsizeof([None])


def test_a_value_of_too_many_objects_has_no_size() -> None:
    value: object = None
    for _ in range(MAX_OBJECTS):
        value = Pair(value, 1)
    assert value_size(value) is None


def test_no_method_of_a_users_class_is_called() -> None:
    class Meta(type):
        def __getattribute__(cls, name: str) -> Any:
            raise AssertionError(name)

    class Hostile(dict[str, str], metaclass=Meta):
        __module__ = 1  # type: ignore[assignment]

        def __getattribute__(self, name: str) -> Any:
            raise AssertionError(name)

        def __sizeof__(self) -> int:
            raise AssertionError

        def __len__(self) -> int:
            raise AssertionError

        def items(self) -> Any:
            raise AssertionError

    size = value_size(Hostile(key=TEXT))
    assert size is not None
    assert size > len(TEXT)
