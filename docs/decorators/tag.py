"""Metadata that helps you find a node."""

from headwater import tag

INPUTS = {"visits": 120}
EXPECTED = {"signups": 6}


@tag(owner="growth", stage=["raw", "daily"])
def signups(visits: int) -> int:
    return visits // 20
