from pathlib import Path

import pandas as pd


def measurements() -> pd.DataFrame:
    """The penguins as recorded, one per row: mass in g, lengths in mm."""
    table = Path(__file__).with_name("penguins-raw.csv")
    return pd.read_csv(table)


def penguins(measurements: pd.DataFrame) -> pd.DataFrame:
    """Penguins without missing values: mass in g, bills in mm."""
    short = {
        "Species": "species",
        "Sex": "sex",
        "Body Mass (g)": "mass",
        "Culmen Length (mm)": "bill_length",
        "Culmen Depth (mm)": "bill_depth",
    }
    table = measurements[list(short)].rename(columns=short).dropna()
    table = table.assign(species=table["species"].str.split().str[0])
    return table


def species_counts(penguins: pd.DataFrame) -> pd.Series:
    """Number of penguins by species."""
    return penguins.groupby("species").size()


def mean_mass(penguins: pd.DataFrame) -> pd.Series:
    """Mean mass by species, in g."""
    return penguins.groupby("species")["mass"].mean()


def heaviest_species(penguins: pd.DataFrame) -> str:
    """The species with the highest mean mass."""
    return penguins.groupby("species")["mass"].mean().idxmax()


def mass_by_sex(penguins: pd.DataFrame) -> pd.DataFrame:
    """Mean mass by species (rows) and sex (columns), in g."""
    return penguins.groupby(["species", "sex"])["mass"].mean().unstack()


def mass_gap(mass_by_sex: pd.DataFrame) -> pd.Series:
    """Mean mass of males minus that of females, by species, in g."""
    return mass_by_sex["MALE"] - mass_by_sex["FEMALE"]


def bill_ratio(penguins: pd.DataFrame) -> pd.Series:
    """Bill length divided by bill depth, for each penguin."""
    return penguins["bill_length"] / penguins["bill_depth"]


def mean_bill_ratio(bill_ratio: pd.Series, penguins: pd.DataFrame) -> pd.Series:
    """Mean of bill length divided by bill depth, by species."""
    return bill_ratio.groupby(penguins["species"]).mean()
