"""TF-IDF: words that are frequent on a page and rare on other pages."""

import math
from collections import Counter

from pages import Page

from headwater import Collect

Weights = dict[str, float]


def weights(
    words: Counter[str], pages_with: Counter[str], page_count: int
) -> Weights:
    """TF-IDF of each word on a page, scaled to length 1."""
    total = words.total()
    raw = {
        word: count / total * math.log(page_count / pages_with[word])
        for word, count in words.items()
    }
    length = math.hypot(*raw.values())
    return {word: weight / length for word, weight in raw.items()}


def keywords(weights: Weights, count: int = 4) -> list[str]:
    """The most characteristic words of a page."""
    return sorted(weights, key=lambda word: (-weights[word], word))[:count]


def keywords_by_page(
    page: Collect[Page], keywords: Collect[list[str]]
) -> dict[str, str]:
    """The most characteristic words of every page."""
    pairs = zip(page, keywords, strict=True)
    return {found.path: ", ".join(words) for found, words in pairs}


def found(
    page: Collect[Page],
    weights: Collect[Weights],
    query: str = "retry failed nodes",
) -> list[str]:
    """The pages that match the query best."""
    scores = {
        found.path: sum(known.get(word, 0) for word in query.lower().split())
        for found, known in zip(page, weights, strict=True)
    }
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:5]
    return [path for path in best if scores[path] > 0]


def most_similar(page: Collect[Page], weights: Collect[Weights]) -> str:
    """The two pages with the most similar vocabulary."""
    rows = list(zip(page, weights, strict=True))
    pairs = [
        (_similarity(left, right), left_page.path, right_page.path)
        for index, (left_page, left) in enumerate(rows)
        for right_page, right in rows[index + 1 :]
    ]
    similarity, left_path, right_path = max(pairs)
    return f"{left_path} and {right_path}: {similarity:.2f}"


def _similarity(left: Weights, right: Weights) -> float:
    return sum(weight * right.get(word, 0) for word, weight in left.items())
