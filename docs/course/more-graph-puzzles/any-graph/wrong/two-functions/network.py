"""Water at the stations of a river, in cubic meters per second."""

from headwater import group, parameterize, source, value

STATIONS = {
    "cove": (3, ["alp", "bog"]),
    "dam": (4, ["alp"]),
    "east": (5, ["dam"]),
    "ford": (2, ["cove", "bog"]),
    "gorge": (3, ["cove", "dam"]),
    "delta": (0, ["east", "ford", "gorge"]),
}


@parameterize(alp={"own": value(1)}, bog={"own": value(2)})
def start(own: int) -> int:
    """Water at a station with no upstream stations."""
    return own


@parameterize(
    **{
        name: {"own": value(own), "inflows": group(*map(source, upstream))}
        for name, (own, upstream) in STATIONS.items()
    }
)
def station(own: int, inflows: list[int]) -> int:
    """Water at a station."""
    return own + sum(inflows)
