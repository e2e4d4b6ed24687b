"""Sentences and their lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_ABBREVIATIONS: Final = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|approx|No)\.")
_END: Final = re.compile(r"(?<=[.!?…])[)\"'”\u2019]*\s+(?=[\"'“\u2018(]?[A-Z0-9`])")
_WORD: Final = re.compile(r"[\w`#][^\s—\u2013]*")


def sentences(paragraph: str) -> list[str]:
    """Split a paragraph or list item into sentences."""
    text = _ABBREVIATIONS.sub(lambda match: match[0].replace(".", ""), paragraph)
    return [" ".join(part.split()) for part in _END.split(text) if _WORD.search(part)]


def words(sentence: str) -> int:
    """Count words. Code in backticks and numbers count as one word each."""
    return len(_WORD.findall(sentence))


def mean_words(paragraphs: Iterable[str]) -> float:
    """Return the average number of words per sentence, or 0 if there are no sentences."""
    lengths = [words(sentence) for paragraph in paragraphs for sentence in sentences(paragraph)]
    return sum(lengths) / len(lengths) if lengths else 0.0
