"""Pascal's triangle."""

from headwater import group, parameterize, source


def _above(row: int, place: int) -> list:
    """The one or two nodes above a position."""
    places = [other for other in (place - 1, place) if 1 <= other < row]
    return [source(f"row_{row - 1}_{other}") for other in places]


def row_1_1() -> int:
    """The top of the triangle."""
    return 1


@parameterize(
    **{
        f"row_{row}_{place}": {"above": group(*_above(row, place))}
        for row in range(2, 6)
        for place in range(1, row + 1)
    }
)
def number(above: list[int]) -> int:
    """A number below the top."""
    return max(above)
