"""A value that functions of one's own check."""

from headwater import check_output_custom

INPUTS = {"people": 4}
EXPECTED = {"pairs": 2}


def _is_even(number: int) -> bool:
    """The number is even."""
    return number % 2 == 0


@check_output_custom(_is_even)
def pairs(people: int) -> int:
    return people // 2
