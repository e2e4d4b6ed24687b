"""Which city needs more heating?"""

from city import daily, heating, hourly

from headwater import parameterized_subdag, value


@parameterized_subdag(
    hourly,
    daily,
    heating,
    seattle={"inputs": {"file": value("seattle-temps.csv")}},
    sf={"inputs": {"file": value("sf-temps.csv")}},
)
def city_heating(heating: float) -> float:
    """Heating degree days of a city in 2010, in °F."""
    return heating


def heating_ratio(seattle: float, san_francisco: float) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(seattle / san_francisco, 2)
