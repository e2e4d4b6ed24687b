"""Metadata for individual nodes of a function that defines several nodes."""

from headwater import extract_fields, tag_outputs

INPUTS = {"readings": [3, 1, 9]}
EXPECTED = {"low": 1, "high": 9}


@tag_outputs(low={"unit": "m"}, high={"unit": "m", "owner": "harbour"})
@extract_fields({"low": int, "high": int})
def tide(readings: list[int]) -> dict[str, int]:
    return {"low": min(readings), "high": max(readings)}
