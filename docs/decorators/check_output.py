"""A value that is checked before anything reads it."""

from headwater import check_output

INPUTS = {"part": 1.0, "whole": 4.0}
EXPECTED = {"share": 0.25, "percent": 25.0}


@check_output(range=(0.0, 1.0), importance="fail")
def share(part: float, whole: float) -> float:
    return part / whole


def percent(share: float) -> float:
    return share * 100
