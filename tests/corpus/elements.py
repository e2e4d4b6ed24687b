"""Functions that are called once for each element, nested elements, and functions that collect the values."""

from __future__ import annotations

from collections.abc import Iterator

from headwater import Collect, Parallelizable, check_output, extract_fields, tag


def sentence(text: str = "to be. or not to be.") -> Parallelizable[str]:
    yield from text.split(".")


def word(sentence: str) -> Parallelizable[str]:
    yield from sentence.split()


def length(word: str, minimum: int = 0) -> int:
    """The length of one word."""
    return max(len(word), minimum)


@check_output(range=(0, 1))
def share(length: int, longest: int) -> float:
    return length / longest


@extract_fields({"first": str, "last": str})
def ends(word: str) -> dict[str, str]:
    return {"first": word[0], "last": word[-1]}


@tag(unit="characters")
def longest(length: Collect[int]) -> int:
    return max(length, default=1)


def mean(longest: Collect[int]) -> float:
    return sum(longest) / len(longest)


async def shouted(word: str) -> str:
    return word.upper()


def letters(first: Collect[str]) -> Iterator[str]:
    return iter(first)
