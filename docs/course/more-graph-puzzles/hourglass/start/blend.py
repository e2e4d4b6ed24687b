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


def black_share(black: int, green: int, mint: int) -> float:
    """Share of black tea."""
    return black / (black + green + mint)


def green_share(black: int, green: int, mint: int) -> float:
    """Share of green tea."""
    return green / (black + green + mint)


def mint_share(black: int, green: int, mint: int) -> float:
    """Share of mint."""
    return mint / (black + green + mint)
