"""A tournament of eight players."""

from headwater import parameterize, source, value

RATINGS = [81, 64, 97, 55, 72, 90, 68, 49]
MATCHES = {
    "quarter_1": ("player_1", "player_3"),
    "quarter_2": ("player_2", "player_4"),
    "quarter_3": ("player_5", "player_6"),
    "quarter_4": ("player_7", "player_8"),
    "semi_1": ("quarter_1", "quarter_4"),
    "semi_2": ("quarter_3", "quarter_2"),
    "champion": ("semi_1", "semi_2"),
}


@parameterize(
    **{
        f"player_{number}": {"rating": value(rating)}
        for number, rating in enumerate(RATINGS, start=1)
    }
)
def player(rating: int) -> int:
    """Rating of a player."""
    return rating


@parameterize(
    **{
        match: {"home": source(home), "guest": source(guest)}
        for match, (home, guest) in MATCHES.items()
    }
)
def winner(home: int, guest: int) -> int:
    """Rating of the winner of a match."""
    return max(home, guest)
