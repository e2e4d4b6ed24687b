"""Parameters bound to constants and to other nodes."""

from headwater import configuration, inject, source, value

CONFIG = {"currency": "EUR"}
INPUTS = {"net_price": 10.0}
EXPECTED = {"label": "12.0 EUR"}


@inject(price=source("net_price"), rate=value(0.2), unit=configuration("currency"))
def label(price: float, rate: float, unit: str) -> str:
    return f"{price * (1 + rate)} {unit}"
