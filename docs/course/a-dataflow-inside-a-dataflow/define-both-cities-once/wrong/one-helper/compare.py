"""Which city needs more heating?"""

from city import daily, heating, hourly


def _heating(file: str) -> float:
    return heating(daily(hourly(file)))


def seattle() -> float:
    """Heating degree days of Seattle in 2010, in °F."""
    return _heating("seattle-temps.csv")


def san_francisco() -> float:
    """Heating degree days of San Francisco in 2010, in °F."""
    return _heating("sf-temps.csv")


def heating_ratio(seattle: float, san_francisco: float) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(seattle / san_francisco, 2)
