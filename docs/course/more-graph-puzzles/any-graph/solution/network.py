"""Water at the stations of a river, in cubic meters per second."""

from headwater import group, parameterize, source, value

STATIONS = {
    "alp": (1, []),
    "bog": (2, []),
    "cove": (3, ["alp", "bog"]),
    "dam": (4, ["alp"]),
    "east": (5, ["dam"]),
    "ford": (2, ["cove", "bog"]),
    "gorge": (3, ["cove", "dam"]),
    "delta": (0, ["east", "ford", "gorge"]),
}


def _inflows(names: list[str]) -> object:
    """The water from these stations, as a list."""
    return group(*map(source, names)) if names else value([])


@parameterize(
    **{
        name: {"own": value(own), "inflows": _inflows(upstream)}
        for name, (own, upstream) in STATIONS.items()
    }
)
def station(own: int, inflows: list[int]) -> int:
    """Water at a station."""
    return own + sum(inflows)
