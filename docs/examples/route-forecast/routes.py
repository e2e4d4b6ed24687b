"""The 115 routes flown from New York on every day of 2013."""

from pathlib import Path

import pandas as pd

from headwater import extract_columns

DESTINATIONS = {
    "EWR": """
        ATL BNA BOS CHS CLE CLT CVG DAY DEN DFW DTW FLL GSO GSP HNL HOU
        IAD IAH JAX LAS LAX MCI MCO MDW MIA MSP ORD PBI PDX PHX RDU RIC
        RSW SAN SDF SEA SFO SJU SNA STL TPA
    """,
    "JFK": """
        ATL AUS BNA BOS BQN BTV BUF BUR BWI CLE CLT CMH CVG DCA DEN DFW
        DTW FLL HOU IAD IND JAX LAS LAX LGB MCO MIA MSP MSY ORD ORF PBI
        PDX PHX PIT PSE PWM RDU ROC RSW SAN SEA SFO SJU SLC SRQ SYR TPA
    """,
    "LGA": """
        ATL BNA CAK CLE CLT CMH DCA DEN DFW DTW FLL IAD IAH MCO MDW MIA
        MKE MSP MSY ORD PBI RDU RSW SRQ STL TPA
    """,
}
ROUTES = [
    f"{origin}-{destination}"
    for origin, destinations in DESTINATIONS.items()
    for destination in destinations.split()
]


@extract_columns(*ROUTES)
def departures() -> pd.DataFrame:
    """Scheduled departures by day and route."""
    table = Path(__file__).with_name("departures.csv")
    return pd.read_csv(table, parse_dates=["date"], index_col="date")
