"""Letters in a text."""


def letters(text: str = "the quick brown f") -> int:
    """Number of letters in all words."""
    return sum(len(word) for word in text.split())
