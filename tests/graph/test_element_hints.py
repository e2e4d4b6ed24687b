"""The message about types that do not fit suggests `Parallelizable` or `Collect` where one of them connects the nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from headwater import Builder, Collect, Parallelizable
from headwater.errors import IncompatibleTypes

AGREE = "Make the two annotations agree."


def message(*functions: Callable[..., object]) -> str:
    """Return the remedy in the message about the types of two of these functions."""
    with pytest.raises(IncompatibleTypes) as caught:
        Builder().with_functions(*functions).build()
    return str(caught.value).partition(" returns ")[2].partition(". ")[2]


def words() -> Parallelizable[str]:
    return ["to", "be"]


def lists() -> Parallelizable[list[str]]:
    return ["to", "be"]


def of_each(words: str) -> int:
    return len(words)


@pytest.mark.parametrize("collection", [list[str], set[str], Iterator[str]])
def test_a_function_of_one_element_of_a_collection(collection: type) -> None:
    def tags():
        return ["to", "be"]

    tags.__annotations__["return"] = collection

    def length(tags: str) -> int:
        return len(tags)

    assert message(tags, length) == (
        f"{AGREE} If `length` should be called once for each element, return `Parallelizable[str]` from `tags`."
    )


def test_a_function_of_all_elements() -> None:
    def count(words: list[str]) -> int:
        return len(words)

    assert message(words, count) == (
        "Annotate the parameter with `str` to receive one element in each call, or with `Collect[str]` to receive all elements "
        "at once."
    )


def test_a_function_of_all_values_of_a_mapped_node() -> None:
    def total(of_each: list[int]) -> int:
        return sum(of_each)

    assert "`int` to receive one element in each call, or with `Collect[int]`" in message(words, of_each, total)


def test_the_type_of_one_element() -> None:
    def length(lists: str) -> int:
        return len(lists)

    assert message(lists, length) == (
        "`Parallelizable` takes the type of one element. Return `Parallelizable[str]` from `lists`."
    )


def test_other_types_have_no_such_hint() -> None:
    def pairs() -> dict[str, int]:
        return {"to": 1}

    def of_pairs(pairs: str) -> int:
        return len(pairs)

    def of_words(words: int) -> int:
        return words

    def parts(words: str) -> list[int]:
        return [len(words)]

    def of_part(parts: int) -> int:
        return parts

    def collected(of_each: Collect[str]) -> int:
        return len(of_each)

    assert message(pairs, of_pairs) == AGREE
    assert message(words, of_words) == AGREE
    assert message(words, parts, of_part) == AGREE
    assert message(words, of_each, collected) == AGREE
