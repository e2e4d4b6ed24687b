"""Handwritten digits, compressed to a few principal components."""

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier

from headwater import extract_fields


@extract_fields({"pixels": np.ndarray, "labels": np.ndarray})
def digits() -> dict[str, np.ndarray]:
    """1,797 images of 8 x 8 pixels (values 0 to 16), and their digits."""
    loaded = load_digits()
    return {"pixels": loaded.data, "labels": loaded.target}


def pca(pixels: np.ndarray, components: int = 10) -> PCA:
    """Principal components of the images."""
    return PCA(components, svd_solver="full").fit(pixels)


def explained(pca: PCA) -> float:
    """Share of the variance that the components explain."""
    return round(float(pca.explained_variance_ratio_.sum()), 3)


def compressed(pca: PCA, pixels: np.ndarray) -> np.ndarray:
    """Each image as a few numbers."""
    return pca.transform(pixels)


def restored(pca: PCA, compressed: np.ndarray) -> np.ndarray:
    """Images restored from their compressed form."""
    return pca.inverse_transform(compressed)


def pixel_error(pixels: np.ndarray, restored: np.ndarray) -> float:
    """Mean absolute error of a restored pixel, on a scale from 0 to 16."""
    return round(float(np.abs(pixels - restored).mean()), 2)


def accuracy(
    compressed: np.ndarray, labels: np.ndarray, train: int = 1_000
) -> float:
    """Share of the test images that the model classifies correctly."""
    classifier = KNeighborsClassifier(3)
    classifier.fit(compressed[:train], labels[:train])
    return round(classifier.score(compressed[train:], labels[train:]), 3)


def picture(restored: np.ndarray, image: int = 0) -> str:
    """One restored image, drawn with characters."""
    shades = " .:-=+*#%@"
    scaled = restored[image].clip(0, 16) / 16 * (len(shades) - 1)
    rows = scaled.round().astype(int).reshape(8, 8)
    return "\n".join(
        "".join(shades[shade] * 2 for shade in row) for row in rows
    )


def centers(compressed: np.ndarray, labels: np.ndarray) -> pd.DataFrame:
    """Mean of the first two components, by digit."""
    table = pd.DataFrame(compressed[:, :2], columns=["first", "second"])
    return table.groupby(labels).mean().round(1).rename_axis("digit")
