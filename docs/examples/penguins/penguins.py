"""Body size of three penguin species, with checks of mass and flippers."""

from pathlib import Path

import pandas as pd

from headwater import check_output

MEASURED = ["bill_length_mm", "flipper_length_mm", "body_mass_g", "sex"]


def recorded() -> pd.DataFrame:
    """All penguins: lengths in mm, mass in g. Some values are missing."""
    return pd.read_csv(Path(__file__).with_name("penguins.csv"))


def penguins(recorded: pd.DataFrame) -> pd.DataFrame:
    """Penguins without missing values."""
    return recorded.dropna(subset=MEASURED).reset_index(drop=True)


@check_output(range=(2_000, 8_000), allow_nans=False, importance="fail")
def body_mass(penguins: pd.DataFrame) -> pd.Series:
    """Body mass, in g."""
    return penguins["body_mass_g"]


@check_output(range=(150, 250), allow_nans=False, importance="fail")
def flipper(penguins: pd.DataFrame) -> pd.Series:
    """Length of the flipper, in mm."""
    return penguins["flipper_length_mm"]


@check_output(range=(0, 40), importance="warn")
def mass_per_flipper(body_mass: pd.Series, flipper: pd.Series) -> pd.Series:
    """Body mass per millimeter of flipper, in g/mm."""
    return body_mass / flipper


def size_by_species(
    penguins: pd.DataFrame, body_mass: pd.Series, mass_per_flipper: pd.Series
) -> pd.DataFrame:
    """Mean mass in g, mean ratio in g/mm, and number of penguins."""
    sizes = pd.DataFrame({"mass": body_mass, "ratio": mass_per_flipper})
    groups = sizes.groupby(penguins["species"])
    return groups.mean().round(1).assign(penguins=groups.size())


def mass_difference(penguins: pd.DataFrame, body_mass: pd.Series) -> pd.Series:
    """Mean mass of males minus that of females, in g, by species."""
    table = penguins.assign(mass=body_mass)
    by_sex = table.pivot_table("mass", "species", "sex")
    return (by_sex["male"] - by_sex["female"]).round().rename("mass_difference")
