"""A blend of three teas."""

from headwater import parameterize, source, value


@parameterize(
    black={"grams": value(100)},
    green={"grams": value(60)},
    mint={"grams": value(40)},
)
def weight(grams: int) -> int:
    """Weight of a tea in the blend, in g."""
    return grams


def total(black: int, green: int, mint: int) -> int:
    """Weight of the blend, in g."""
    return black + green + mint


@parameterize(
    black_share={"grams": source("black")},
    green_share={"grams": source("green")},
    mint_share={"grams": source("mint")},
)
def share(grams: int, total: int) -> float:
    """Share of a tea."""
    return grams / total
