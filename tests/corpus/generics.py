"""Generic types with their arguments, from the standard library, from numpy, and from the dataflow."""

from __future__ import annotations

import queue
import re
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
K = TypeVar("K")


class Box(Generic[T]):
    pass


class Pairs(dict[K, tuple[T, T]]):
    pass


class Numbers(Box[int]):
    pass


Words = Counter[str]


def words(lines: tuple[str, ...]) -> Counter[str]:
    return Counter(lines)


def counts(words: Words) -> Mapping[str, int]:
    return words


def groups(counts: Mapping[str, int]) -> defaultdict[int, list[str]]:
    return defaultdict(list)


def latest(groups: dict[int, list[str]], pattern: re.Pattern[str] | None = None) -> deque[re.Match[str]]:
    return deque()


def ordered(words: Words, latest: deque[re.Match[str]]) -> OrderedDict[str, tuple[Counter[str], ...]]:
    return OrderedDict()


def waiting(latest: deque[re.Match[str]], filled: queue.Queue[tuple[int, str]]) -> queue.Queue[int]:
    return queue.Queue()


def boxed(numbers: Numbers) -> Box[int]:
    return numbers


def boxes(boxed: Box[int], kind: Box[Literal["a", "b.c"]]) -> list[Box[Callable[[int], str | None]]]:
    return []


def pairs(boxed: "Box[int]") -> "Pairs[str, Box[int]]":  # noqa: UP037
    return Pairs()


def array(pairs: Pairs[str, Box[int]]) -> NDArray[np.float64]:
    return np.array([])
