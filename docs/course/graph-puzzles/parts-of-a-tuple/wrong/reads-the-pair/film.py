"""The length of a film."""

from headwater import unpack_fields


@unpack_fields("hours", "rest")
def duration(minutes: int = 201) -> tuple[int, int]:
    """Full hours, and minutes after the last full hour."""
    return divmod(minutes, 60)


def clock(duration: tuple[int, int]) -> str:
    """Length of the film, as hours and minutes."""
    hours, rest = duration
    return f"{hours}:{rest:02}"
