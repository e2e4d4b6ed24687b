"""The parts of a tuple as nodes."""

from headwater import unpack_fields

INPUTS = {"readings": [3, 1, 9]}
EXPECTED = {"count": 3, "mean": 13 / 3}


@unpack_fields("count", "mean")
def summary(readings: list[int]) -> tuple[int, float]:
    return len(readings), sum(readings) / len(readings)
