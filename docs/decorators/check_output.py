"""Checks that a value must pass before other nodes receive it."""

from headwater import check_output

INPUTS = {"part": 1.0, "total": 4.0}
EXPECTED = {"share": 0.25, "percent": 25.0}


@check_output(range=(0.0, 1.0), importance="fail")
def share(part: float, total: float) -> float:
    return part / total


def percent(share: float) -> float:
    return share * 100
