from pathlib import Path
from typing import Any

import pandas as pd


def measurements() -> str:
    """The penguins as recorded, one per row: mass in g, lengths in mm."""
    table = Path(__file__).with_name("penguins-raw.csv")
    return str(table)


def notebook(measurements: str) -> dict[str, Any]:
    """All results of the notebook, by name."""
    raw = pd.read_csv(measurements)

    # Use short names, and leave out penguins with missing values.
    short = {
        "Species": "species",
        "Sex": "sex",
        "Body Mass (g)": "mass",
        "Culmen Length (mm)": "bill_length",
        "Culmen Depth (mm)": "bill_depth",
    }
    df = raw[list(short)].rename(columns=short).dropna()
    df = df.assign(species=df["species"].str.split().str[0])

    # Count the penguins of each species, and find the heaviest species.
    counts = df.groupby("species").size()
    mean_mass = df.groupby("species")["mass"].mean()
    heaviest = mean_mass.idxmax()

    # How much heavier are the males?
    by_sex = df.groupby(["species", "sex"])["mass"].mean().unstack()
    mass_gap = by_sex["MALE"] - by_sex["FEMALE"]

    # How long is a bill, relative to its depth?
    ratio = df["bill_length"] / df["bill_depth"]
    mean_ratio = ratio.groupby(df["species"]).mean()

    return {
        "species_counts": counts,
        "heaviest_species": heaviest,
        "mass_gap": mass_gap,
        "mean_bill_ratio": mean_ratio,
    }
