"""A value saved to a file or a table when its saver is requested."""

from headwater import save_to

INPUTS = {"price": 2.5, "units": 4}
EXPECTED = {"total": 10.0, "stored": {"memory": {"key": "latest"}}}

STORE: dict[str, float] = {}


@save_to.memory(store=STORE, key="latest", output_name_="stored")
def total(price: float, units: int) -> float:
    return price * units
