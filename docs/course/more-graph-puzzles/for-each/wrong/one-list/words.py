"""Letters in a text."""


def words(text: str = "the quick brown f") -> list[str]:
    """Words of the text."""
    return text.split()


def lengths(words: list[str]) -> list[int]:
    """Number of letters in each word."""
    return [len(word) for word in words]


def letters(lengths: list[int]) -> int:
    """Number of letters in all words."""
    return sum(lengths)
