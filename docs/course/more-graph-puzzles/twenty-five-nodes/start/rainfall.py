"""Rain in a year."""


def rain() -> list[int]:
    """Rain in each month, in mm."""
    return [40, 45, 55, 65, 85, 100, 115, 95, 65, 50, 35, 30]


def sums(rain: list[int]) -> list[int]:
    """Rain in each month and its two neighbors, in mm."""
    following = [*rain[1:], rain[0]]
    before = [rain[-1], *rain[:-1]]
    return [sum(months) for months in zip(before, rain, following)]


def report(sums: list[int]) -> str:
    """The wettest three months."""
    return f"at most {max(sums)} mm in three months"
