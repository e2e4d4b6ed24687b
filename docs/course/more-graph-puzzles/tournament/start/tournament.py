"""A tournament of eight players."""


def ratings() -> list[int]:
    """Rating of each player, in the order of the first round."""
    return [81, 64, 97, 55, 72, 90, 68, 49]


def champion(ratings: list[int]) -> int:
    """Rating of the winner."""
    return max(ratings)
