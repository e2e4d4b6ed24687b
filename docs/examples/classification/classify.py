"""The species of penguins, predicted by a model for each of five folds."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from headwater import Collect, Parallelizable

LENGTHS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
Fold = tuple[np.ndarray, np.ndarray]


def penguins() -> pd.DataFrame:
    """Penguins whose lengths were measured, in mm."""
    table = pd.read_csv(Path(__file__).with_name("penguins.csv"))
    return table.dropna(subset=LENGTHS).reset_index(drop=True)


def fold(
    penguins: pd.DataFrame, folds: int = 5, seed: int = 1
) -> Parallelizable[Fold]:
    """Rows for training and rows for testing, once for each fold."""
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return list(splitter.split(penguins[LENGTHS], penguins["species"]))


def model(fold: Fold, penguins: pd.DataFrame) -> Pipeline:
    """Logistic regression on standardized lengths, trained on other folds."""
    train = penguins.iloc[fold[0]]
    classifier = make_pipeline(StandardScaler(), LogisticRegression())
    return classifier.fit(train[LENGTHS], train["species"])


def predicted(model: Pipeline, fold: Fold, penguins: pd.DataFrame) -> pd.Series:
    """Predicted species of the penguins in the fold."""
    test = penguins.iloc[fold[1]]
    return pd.Series(model.predict(test[LENGTHS]), index=test.index)


def species(predicted: Collect[pd.Series]) -> pd.Series:
    """Predicted species of every penguin, by the model trained without it."""
    return pd.concat(predicted).sort_index().rename("predicted")


def confusion(penguins: pd.DataFrame, species: pd.Series) -> pd.DataFrame:
    """Number of penguins by actual and predicted species."""
    return pd.crosstab(penguins["species"], species)


def accuracy(penguins: pd.DataFrame, species: pd.Series) -> float:
    """Share of the penguins whose species is predicted correctly."""
    return round(float((penguins["species"] == species).mean()), 3)


def mistakes(penguins: pd.DataFrame, species: pd.Series) -> pd.DataFrame:
    """The penguins whose species is predicted incorrectly."""
    columns = ["species", "island", *LENGTHS]
    wrong = penguins["species"] != species
    return penguins.loc[wrong, columns].assign(predicted=species[wrong])
