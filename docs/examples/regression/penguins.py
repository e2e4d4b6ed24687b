"""Penguins, split into a training set and a test set."""

from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

from headwater import unpack_fields

Frames = tuple[pd.DataFrame, pd.DataFrame]


def penguins() -> pd.DataFrame:
    """Penguins without missing values: lengths in mm, mass in g."""
    return pd.read_csv(Path(__file__).with_name("penguins.csv")).dropna()


@unpack_fields("train", "test")
def split(
    penguins: pd.DataFrame, test_share: float = 0.25, seed: int = 1
) -> Frames:
    """The training set and the test set."""
    train, test = train_test_split(
        penguins, test_size=test_share, random_state=seed
    )
    return train, test
