"""Which city needs more heating?"""

from city import daily, heating, hourly

from headwater import parameterized_subdag, value


def comfort(room: float = 18.0) -> float:
    """Outdoor temperature below which houses are heated, in °F.

    `room` is the same temperature in °C.
    """
    return room * 1.8 + 32.0


@parameterized_subdag(
    hourly,
    daily,
    heating,
    inputs={"base": value("comfort")},
    seattle={"inputs": {"file": value("seattle-temps.csv")}},
    san_francisco={"inputs": {"file": value("sf-temps.csv")}},
)
def city_heating(heating: float) -> float:
    """Heating degree days of a city in 2010, in °F."""
    return heating


def heating_ratio(seattle: float, san_francisco: float) -> float:
    """Heating degree days of Seattle, divided by those of San Francisco."""
    return round(seattle / san_francisco, 2)
