"""The entries of a dictionary as nodes."""

from headwater import extract_fields

INPUTS = {"readings": [3, 1, 9]}
EXPECTED = {"span": 8}


@extract_fields({"low": int, "high": int})
def bounds(readings: list[int]) -> dict[str, int]:
    return {"low": min(readings), "high": max(readings)}


def span(low: int, high: int) -> int:
    return high - low
