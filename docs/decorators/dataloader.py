"""A function that loads data and returns metadata."""

from headwater import dataloader

INPUTS = {"days": 3}
EXPECTED = {"total": 6, "rain.loader": ([1, 2, 3], {"rows": 3})}


@dataloader()
def rain(days: int) -> tuple[list[int], dict[str, int]]:
    measured = [day + 1 for day in range(days)]
    return measured, {"rows": len(measured)}


def total(rain: list[int]) -> int:
    return sum(rain)
