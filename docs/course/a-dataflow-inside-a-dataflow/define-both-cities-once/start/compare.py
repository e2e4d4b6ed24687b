"""Which city needs more heating?"""

from city import daily, heating, hourly

from headwater import subdag, value


@subdag(hourly, daily, heating, inputs={"file": value("seattle-temps.csv")})
def seattle(heating: float) -> float:
    """Heating degree days of Seattle in 2010, in °F."""
    return heating


@subdag(hourly, daily, heating, inputs={"file": value("sf-temps.csv")})
def san_francisco(heating: float) -> float:
    """Heating degree days of San Francisco in 2010, in °F."""
    return heating


def heating_ratio(seattle: float, san_francisco: float) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(seattle / san_francisco, 2)
