"""Bacteria in a dish."""

from headwater import pipe_output, step


def _doubled(cells: int) -> int:
    """Number of bacteria after another 20 minutes."""
    return cells * 3


@pipe_output(step(_doubled), step(_doubled), step(_doubled))
def cells() -> int:
    """Number of bacteria after an hour."""
    return 5
