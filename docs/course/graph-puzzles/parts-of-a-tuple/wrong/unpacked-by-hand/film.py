"""The length of a film."""


def duration(minutes: int = 201) -> tuple[int, int]:
    """Full hours, and minutes after the last full hour."""
    return divmod(minutes, 60)


def hours(duration: tuple[int, int]) -> int:
    """Full hours."""
    return duration[0]


def rest(duration: tuple[int, int]) -> int:
    """Minutes after the last full hour."""
    return duration[1]


def clock(hours: int, rest: int) -> str:
    """Length of the film, as hours and minutes."""
    return f"{hours}:{rest:02}"
