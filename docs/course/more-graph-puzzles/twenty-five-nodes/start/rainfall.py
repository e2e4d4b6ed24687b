"""Rain of a year."""


def rain() -> list[int]:
    """Rain of each month, in mm."""
    return [40, 45, 55, 65, 85, 100, 115, 95, 65, 50, 35, 30]


def sum_6(rain: list[int]) -> int:
    """Rain from January to June, in mm."""
    return sum(rain[:6])


def sum_12(rain: list[int]) -> int:
    """Rain of the year, in mm."""
    return sum(rain)


def report(sum_12: int, rain: list[int]) -> str:
    """The sum of the year, and the wettest month."""
    return f"{sum_12} mm, at most {max(rain)} mm in a month"
