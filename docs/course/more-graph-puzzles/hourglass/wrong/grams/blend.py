"""A blend of three teas."""

from headwater import extract_fields, group, inject, parameterize, source, value


@parameterize(
    black={"grams": value(100)},
    green={"grams": value(60)},
    mint={"grams": value(40)},
)
def weight(grams: int) -> int:
    """Weight of a tea in the blend, in g."""
    return grams


@extract_fields(
    {"black_share": float, "green_share": float, "mint_share": float}
)
@inject(
    grams=group(
        black=source("black"), green=source("green"), mint=source("mint")
    )
)
def shares(grams: dict[str, int]) -> dict[str, float]:
    """Share of each tea."""
    total = sum(grams.values())
    return {f"{tea}_share": weight for tea, weight in grams.items()}
