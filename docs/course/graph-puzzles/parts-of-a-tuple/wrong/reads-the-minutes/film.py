"""The length of a film."""

from headwater import unpack_fields


@unpack_fields("hours", "rest")
def duration(minutes: int = 201) -> tuple[int, int]:
    """Full hours, and minutes after the last full hour."""
    return divmod(minutes, 60)


def clock(hours: int, minutes: int = 201) -> str:
    """Length of the film, as hours and minutes."""
    return f"{hours}:{minutes % 60:02}"
