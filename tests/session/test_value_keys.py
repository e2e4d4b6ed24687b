"""The keys of a value that an editor offers as completions."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from headwater.session import Session
from headwater.session.value_keys import keys_of
from headwater.wire.bounds import MAX_COMPLETION_LENGTH, MAX_COMPLETIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COSTS = "def costs() -> dict[str, float]:\n    return {'rent': 9.5}\n"


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        yield session


def names(value: object) -> list[str]:
    return [key["name"] for key in keys_of(value)]


@pytest.mark.parametrize("of", [dict, OrderedDict, lambda pairs: defaultdict(int, pairs)], ids=["dict", "ordered", "default"])
def test_a_dictionary_has_its_strings_in_their_order_with_the_types_of_the_values(of: Any) -> None:
    value = of({"tea": 3, 7: "seven", "cup": None, ("a",): 1})
    assert keys_of(value) == [{"name": "tea", "type": "int"}, {"name": "cup", "type": "None"}]


@pytest.mark.parametrize("value", [None, 3, "text", ["a"], {"a"}, dict], ids=repr)
def test_other_values_have_no_keys(value: object) -> None:
    assert keys_of(value) == []


def test_only_names_that_fit_into_the_code_are_listed() -> None:
    longest = "x" * MAX_COMPLETION_LENGTH
    assert names({"two\nlines": 1, "\u202e": 1, f"{longest}x": 1, longest: 1, "\ud800": 1, "ä b": 1}) == [longest, "ä b"]


def test_the_number_of_keys_is_limited_even_if_most_are_numbers() -> None:
    assert names({str(number): 0 for number in range(1_000)}) == [str(number) for number in range(MAX_COMPLETIONS)]
    assert names({**dict.fromkeys(range(100_000)), "late": 0}) == []


class _LoudMeta(type):
    def __hash__(cls) -> int:
        raise AssertionError("the user's code ran")

    def __eq__(cls, other: object) -> bool:
        raise AssertionError("the user's code ran")

    def __getattribute__(cls, name: str) -> Any:
        raise AssertionError("the user's code ran")


class _Loud(dict[str, int], metaclass=_LoudMeta):
    def __getattribute__(self, name: str) -> Any:
        raise AssertionError("the user's code ran")

    def __iter__(self) -> Any:
        raise AssertionError("the user's code ran")


class _LoudText(str):
    __slots__ = ()

    def __len__(self) -> int:
        raise AssertionError("the user's code ran")


def test_the_users_classes_are_not_read() -> None:
    loud: Mapping[str, int] = dict.__new__(_Loud)
    dict.__setitem__(loud, "a", 1)
    assert keys_of(loud) == []
    assert names({_LoudText("a"): 1, "b": 2}) == ["b"]


def test_a_session_lists_the_keys_of_the_latest_value_even_if_the_code_is_now_incomplete(session: Session) -> None:
    session.update({"flow.py": COSTS})
    assert session.keys("costs") == []
    session.run()
    session.update({"flow.py": COSTS + "def rent(costs: dict[str, float]) -> float:\n    return costs['"})
    session.graph()
    assert session.keys("costs") == [{"name": "rent", "type": "float"}]
    assert session.keys("nothing") == []


def test_a_session_lists_the_keys_of_inputs(session: Session) -> None:
    session.update({"flow.py": "def total(sizes: dict[str, int]) -> int:\n    return 1\n"}, inputs={"sizes": {"s": 1}})
    session.run()
    assert session.keys("sizes") == [{"name": "s", "type": "int"}]
