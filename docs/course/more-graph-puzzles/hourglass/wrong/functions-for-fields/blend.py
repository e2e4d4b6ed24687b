"""A blend of three teas."""

from headwater import parameterize, value


@parameterize(
    black={"grams": value(100)},
    green={"grams": value(60)},
    mint={"grams": value(40)},
)
def weight(grams: int) -> int:
    """Weight of a tea in the blend, in g."""
    return grams


def shares(black: int, green: int, mint: int) -> list[float]:
    """Share of each tea."""
    total = black + green + mint
    return [black / total, green / total, mint / total]


@parameterize(
    black_share={"position": value(0)},
    green_share={"position": value(1)},
    mint_share={"position": value(2)},
)
def share(shares: list[float], position: int) -> float:
    """Share of a tea."""
    return shares[position]
