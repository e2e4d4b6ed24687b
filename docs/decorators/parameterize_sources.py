"""Several nodes from one function, each with different dependencies."""

from headwater import parameterize_sources

INPUTS = {"paris": [20, 30], "rome": [30, 40]}
EXPECTED = {"paris_mean": 25.0, "rome_mean": 35.0}


@parameterize_sources(paris_mean={"of": "paris"}, rome_mean={"of": "rome"})
def mean(of: list[int]) -> float:
    return sum(of) / len(of)
