"""Letters in a text."""

from headwater import Collect, Parallelizable


def word(text: str = "the quick brown f") -> Parallelizable[str]:
    """Each word of the text."""
    yield from text.split()


def length(word: str) -> int:
    """Number of letters in a word."""
    return len(word)


def letters(length: Collect[int]) -> int:
    """Number of letters in all words."""
    return sum(length)
