"""Libraries that the site serves and that a page loads when code imports them."""

import json
from pathlib import Path

import pytest
import zstandard
from local_server import Served, serving
from playground import READY, Playground
from playwright.sync_api import Page, expect
from repository import SITE
from waiting import evaluate_async, until

pytestmark = pytest.mark.pyodide

RUNTIME = SITE / "assets/headwater/runtime"
FILES = {file["name"]: file for file in json.loads((RUNTIME / "manifest.json").read_text())["files"]}
PACKS = {name for name, file in FILES.items() if file["stage"] == "pack"}
PRELOAD = [file for file in FILES.values() if file["stage"] == "preload"]
PLAIN = "def total() -> int:\n    return 3\n"
QUERY = """
import sqlite3

def answer() -> int:
    with sqlite3.connect(":memory:") as database:
        return database.execute("select 6 * 7").fetchone()[0]
"""
MODEL = """
import numpy as np
from sklearn.linear_model import LinearRegression

def points() -> np.ndarray:
    return np.arange(10.0).reshape(-1, 1)

def slope(points: np.ndarray) -> str:
    return f"slope {LinearRegression().fit(points, 3 * points[:, 0]).coef_[0]:.3f}"
"""
STARTED_WITH = """
import sys

def loaded() -> bool:
    return "sklearn.pipeline" in sys.modules and "sklearn.datasets.data" not in sys.modules

def model(loaded: bool) -> str:
    from sklearn.datasets import load_iris
    from sklearn.svm import SVC
    data = load_iris(return_X_y=True)
    return f"score {SVC().fit(*data).score(*data):.2f}, loaded before: {loaded}"
"""
FIGURE = """
import matplotlib.pyplot as plt

def sales() -> plt.Figure:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [4, 1, 9])
    return figure
"""
PLOT = """
import pandas as pd
from typing import Any

def chart() -> Any:
    return pd.Series([1, 3, 2]).plot()
"""
PARQUET = """
import io
import pandas as pd

def copy() -> pd.DataFrame:
    buffer = io.BytesIO()
    pd.DataFrame({"city": ["Oslo", "Rome"], "rain": [1.5, 0.5]}).to_parquet(buffer)
    return pd.read_parquet(io.BytesIO(buffer.getvalue()))
"""
ARROW = """
import io
import pandas as pd

def rain() -> pd.DataFrame:
    return pd.read_csv(io.StringIO("city,rain\\nOslo,1.5\\n"), dtype_backend="pyarrow")
"""
IS_CACHED = """digest => caches.match(new URL(`../assets/headwater/runtime/sha256/${digest}`, location.href).href)
    .then((found) => found !== undefined)"""
STATUSES = """() => {
    const status = document.querySelector("hw-play").shadowRoot.querySelector(".runtime");
    const observer = new MutationObserver(() => statuses.push(status.textContent.trim()));
    globalThis.statuses = [];
    observer.observe(status, { subtree: true, childList: true, characterData: true });
}"""


def packs_requested(site: Served) -> set[str]:
    """Return the names of the packs' files that the page has requested."""
    return {name for name in PACKS if site.requests_with(FILES[name]["url"])}


@pytest.mark.everywhere  # long; the next tests load other libraries
@pytest.mark.returning
@pytest.mark.parametrize(
    ("code", "shown"),
    [(MODEL, "slope 3.000"), (PARQUET, "Rome"), (ARROW, "double[pyarrow]")],
    ids=["scikit-learn", "pyarrow", "arrow-dtypes"],
)
def test_a_library_is_loaded_when_code_imports_it_directly_or_through_pandas(play: Playground, code: str, shown: str) -> None:
    play.open_code(PLAIN)
    play.write(code)
    play.settle()
    expect(play.panel).to_contain_text(shown)


@pytest.mark.everywhere  # loads scikit-learn three times; the next tests load other libraries
def test_python_starts_with_a_library_that_code_imports_once_it_has_been_used(page: Page, site: Served) -> None:
    play = Playground(page, site.address).open_code(PLAIN)
    play.write(STARTED_WITH)
    expect(play.panel).to_contain_text("loaded before: False")
    for file in PRELOAD:
        until(lambda digest=file["sha256"]: evaluate_async(page, IS_CACHED, digest), lambda: "the files are not cached")
    site.requests.clear()
    page.reload()
    expect(play.panel).to_contain_text("loaded before: True")
    expect(play.panel).to_contain_text("score 0.97")
    assert packs_requested(site) == set()
    play.restart_button.click()
    play.settle()
    play.write(STARTED_WITH + "    # again")
    expect(play.panel).to_contain_text("loaded before: True")
    play.write(PLAIN.replace("3", "8"))
    page.reload()
    expect(play.panel).to_contain_text("8")
    play.write("import sys\n\n\ndef loaded() -> bool:\n    return 'skl' 'earn' in sys.modules\n")
    expect(play.panel).to_contain_text("False")


@pytest.mark.everywhere  # `test_packs.py` in `tests/pyodide` tests the images
@pytest.mark.returning
def test_figures_are_shown_as_images(play: Playground) -> None:
    play.open_code(PLAIN)
    for code, node in ((FIGURE, "sales"), (PLOT, "chart")):
        play.write(code)
        picture = play.panel.get_by_role("region", name=node).get_by_role("img", name="Figure")
        expect(picture).to_be_visible()
        assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300


@pytest.mark.everywhere  # long; `test_offline.py` covers visits without a server
def test_a_library_shows_its_size_while_it_is_loaded_and_works_offline_if_it_was_used(page: Page, small_site: Path) -> None:
    with serving(small_site) as site:
        play = Playground(page, site.address.replace("127.0.0.1", "site.localhost")).open_code(PLAIN)
        assert packs_requested(site) == set()
        page.evaluate(STATUSES)
        play.write(QUERY)
        expect(play.panel).to_contain_text("42")
        size = f"{FILES['sqlite3.zip']['transfer'] / 1e6:.1f}"
        assert f"Loading sqlite3 · {size} of {size} MB" in page.evaluate("statuses")
        evaluate_async(page, "() => navigator.serviceWorker.ready.then(() => true)")
        assert packs_requested(site) == {"sqlite3.zip"}
        site.requests.clear()
    page.reload()
    play.settle()
    play.write(QUERY.replace("6 * 7", "6 * 8"))
    expect(play.panel).to_contain_text("48")
    play.write("import joblib\n" + PLAIN)
    expect(play.status).to_contain_text("The runtime file joblib.zip could not be downloaded. Check your connection.")
    play.write(QUERY.replace("6 * 7", "6 * 9"))
    expect(play.panel).to_contain_text("54")
    expect(play.status).to_have_text(READY)


@pytest.mark.returning
def test_a_missing_or_damaged_library_is_named_and_loaded_again_on_retry(play: Playground, site: Served) -> None:
    threads = "import threadpoolctl\n\n\ndef total() -> int:\n    return len(threadpoolctl.__version__.split('.'))\n"
    url = FILES["threadpoolctl.zip"]["url"]
    content = bytearray(zstandard.decompress((RUNTIME / url).read_bytes()))
    content[len(content) // 2] ^= 1
    play.evict(FILES["threadpoolctl.zip"]["sha256"])  # an earlier test may have loaded threadpoolctl
    play.open_code(PLAIN.replace("3", "7"))
    expect(play.panel).to_contain_text("7")
    with site.replace_responses(url, bytes(content)):
        play.write(threads)
        expect(play.status).to_contain_text("The runtime file threadpoolctl.zip is damaged")
        expect(play.code).to_contain_text("import threadpoolctl")
    play.retry_button.click()
    expect(play.panel).to_contain_text("3")
    expect(play.status).to_have_text(READY)


def test_the_pages_files_are_complete() -> None:
    for name in PACKS:
        packed = Path(RUNTIME / FILES[name]["url"])
        assert packed.stat().st_size == FILES[name]["transfer"]
        assert set(FILES[name].get("requires", [])) <= PACKS
