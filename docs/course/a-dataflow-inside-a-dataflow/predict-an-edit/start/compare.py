"""Which city needs more heating?"""

from city import daily, daily_range, heating, hourly

from headwater import parameterized_subdag, source, subdag, value


def comfort() -> float:
    """Outdoor temperature below which houses are heated, in °F."""
    return 64.4


@parameterized_subdag(
    hourly,
    daily,
    heating,
    inputs={"base": source("comfort")},
    seattle={"inputs": {"file": value("seattle-temps.csv")}},
    san_francisco={"inputs": {"file": value("sf-temps.csv")}},
)
def city_heating(heating: float) -> float:
    """Heating degree days of a city in 2010, in °F."""
    return heating


def heating_ratio(seattle: float, san_francisco: float) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(seattle / san_francisco, 2)


@subdag(hourly, daily_range, inputs={"file": value("seattle-temps.csv")})
def seattle_range(daily_range: float) -> float:
    """Mean daily range of the temperature in Seattle, in °F."""
    return daily_range
