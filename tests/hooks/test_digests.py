"""A value has the same digest as long as nothing changes it."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import pytest

from headwater.hooks.digests import digest, is_unchangeable

pytestmark = pytest.mark.interpreter


@dataclass
class Box:
    items: list[int] = field(default_factory=list)


class Slotted:
    __slots__ = ("items",)

    def __init__(self) -> None:
        self.items = [1]


class Loop:
    def __init__(self) -> None:
        self.me = self
        self.items = [1]


class Stateful:
    """Defines its own pickle state."""

    def __init__(self) -> None:
        self.items = [1]
        self.lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        return {"items": self.items}


def local() -> object:
    class Local:
        def __init__(self) -> None:
            self.items = [1]

    return Local()


WITH_ITEMS = {cls.__name__: cls for cls in (Box, Slotted, Loop, Stateful)} | {"Local": local}


@pytest.mark.parametrize("create", WITH_ITEMS.values(), ids=WITH_ITEMS)
def test_a_change_deep_in_an_object_changes_its_digest(create: Any) -> None:
    value = create()
    before = digest([value])
    assert before is not None
    assert digest([value]) == before
    value.items.append(2)
    assert digest([value]) != before


@pytest.mark.parametrize("value", [[], {}, set(), deque(), bytearray(), [lambda: 1], [len], [Box], [threading], [[].append]])
def test_whatever_is_not_changed_has_the_same_digest_again(value: Any) -> None:
    assert digest(value) is not None
    assert digest(value) == digest(value)


@pytest.mark.parametrize(
    "value", [threading.Lock(), (number for number in [1]), [threading.Lock()]], ids=["a lock", "a generator", "in a list"]
)
def test_a_value_that_cannot_be_digested_has_no_digest(value: Any) -> None:
    assert digest(value) is None


def test_an_object_whose_state_raises_has_no_digest() -> None:
    class Odd:
        def __getstate__(self) -> None:
            raise RuntimeError

    assert digest(Odd()) is None


@pytest.mark.parametrize("size", [1_000, 60_000, 200_000, 1_000_000])
def test_only_values_up_to_a_size_have_a_digest(size: int) -> None:
    assert (digest(list(range(300, 300 + size))) is not None) == (size <= 60_000)


@pytest.mark.parametrize("value", [1, 1.0, "a", b"a", None, True, (1, "a"), (1, (2,)), len, Box, threading])
def test_unchangeable_values_are_recognized(value: Any) -> None:
    assert is_unchangeable(value)


@pytest.mark.parametrize("value", [[], (1, []), {}, Box(), bytearray(), frozenset()])
def test_anything_else_may_change(value: Any) -> None:
    assert not is_unchangeable(value)
