"""Pascal's triangle."""

from math import comb

from headwater import parameterize, value


@parameterize(
    **{f"row_5_{number + 1}": {"k": value(number)} for number in range(5)}
)
def number(k: int) -> int:
    """A number in the fifth row."""
    return comb(4, k)
