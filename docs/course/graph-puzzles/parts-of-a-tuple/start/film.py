"""The length of a film."""


def hours(minutes: int = 201) -> int:
    """Full hours."""
    return divmod(minutes, 60)[0]


def rest(minutes: int = 201) -> int:
    """Minutes after the last full hour."""
    return divmod(minutes, 60)[1]


def clock(hours: int, rest: int) -> str:
    """Length of the film, as hours and minutes."""
    return f"{hours}:{rest:02}"
