"""Which city needs more heating?"""

from city import daily, heating, hourly

FILES = {"seattle": "seattle-temps.csv", "san_francisco": "sf-temps.csv"}


def cities() -> dict[str, float]:
    """Heating degree days of each city in 2010, in °F."""
    return {city: heating(daily(hourly(FILES[city]))) for city in FILES}


def heating_ratio(cities: dict[str, float]) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(cities["seattle"] / cities["san_francisco"], 2)
