"""Libraries that the playground loads when code imports them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.browser import visit
from benchmarks.code_links import link_to
from benchmarks.figures import Figure
from benchmarks.page import PATIENCE, READY
from benchmarks.served import served

ROUNDS = 5

CODE = {
    "no library": "def answer() -> int:\n    return 42\n",
    "sqlite3": """\
import sqlite3


def answer() -> int:
    return sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0]
""",
    "matplotlib": """\
import matplotlib.pyplot as plt


def answer() -> plt.Figure:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    return figure
""",
    "pyarrow": """\
import io

import pandas as pd
import pyarrow


def answer() -> pd.DataFrame:
    file = io.BytesIO()
    pd.DataFrame({"price": [1, 2]}).to_parquet(file)
    return pd.read_parquet(io.BytesIO(file.getvalue()))
""",
    "scikit-learn": """\
from sklearn.linear_model import LinearRegression


def answer() -> float:
    return LinearRegression().fit([[0.0], [1.0]], [0.0, 3.0]).coef_[0]
""",
}
FLUSH_PAUSE = 3_000
"""Milliseconds until the browser has written its cache to disk."""
ALLOWABLE = """() => document.querySelector("hw-play")?.shadowRoot?.querySelector(".consent [aria-disabled=false]")"""
PRELOADED = """async () => {
    const folder = new URL("../assets/headwater/runtime/", location.href);
    const { files } = await (await fetch(new URL("manifest.json", folder))).json();
    const keys = files.filter(({ stage }) => stage === "preload").map(({ sha256 }) => new URL(`sha256/${sha256}`, folder).href);
    return (await Promise.all(keys.map((key) => caches.match(key)))).every((found) => found !== undefined);
}"""
HAS_RUN = """() => {
    const summary = document.querySelector("hw-play")?.shadowRoot?.querySelector(".summary");
    return /^1 of 1 node ran/.test(summary?.textContent.trim()) && performance.now();
}"""
RUN = """() => {
    const root = document.querySelector("hw-play").shadowRoot;
    const button = [...root.querySelectorAll("button")].find(({ textContent }) => textContent.includes("Run this code"));
    button.click();
    return performance.now();
}"""


def packs() -> list[Figure]:
    """Allow code to run on a page whose Python is ready, and open the same link again in a new browser.

    A few seconds after code has used scikit-learn, the page caches a second memory snapshot with that library. The first visit
    waits until then.
    """
    loads: dict[str, list[float]] = {library: [] for library in CODE}
    visits: dict[str, list[float]] = {library: [] for library in CODE}
    ready: list[float] = []
    with served() as address:
        for _ in range(ROUNDS):
            for library, code in CODE.items():
                url = f"{address}site/play/" + link_to({"flow.py": code})
                with TemporaryDirectory() as profile:
                    loads[library].append(_load(Path(profile), url, waits=library == "scikit-learn"))
                    started, answered = _open_again(Path(profile), url)
                    visits[library].append(answered)
                    if library == "scikit-learn":
                        ready.append(started)
    return [
        *(Figure(f"output with {library}, first visit, after Python is ready", loads[library], "s") for library in CODE),
        *(Figure(f"output with {library}, from the start of the second visit", visits[library], "s") for library in CODE),
        Figure("Python ready with scikit-learn, from the start of the second visit", ready, "s", goal=1.5),
    ]


def _load(profile: Path, url: str, *, waits: bool) -> float:
    """Return the seconds between the consent and the output. If requested, stay until the second snapshot is cached."""
    with visit(profile) as opened:
        opened.goto(url)
        opened.wait_for_function(READY, timeout=PATIENCE)
        opened.wait_for_function(ALLOWABLE, timeout=PATIENCE)
        start = opened.evaluate(RUN)
        seconds = (float(opened.wait_for_function(HAS_RUN, timeout=PATIENCE).json_value()) - start) / 1000
        if waits:
            while not opened.evaluate(PRELOADED):  # `wait_for_function` would treat the promise itself as a result
                opened.wait_for_timeout(500)
            opened.wait_for_timeout(FLUSH_PAUSE)  # the browser may lose what it stored just before it closes
        return seconds


def _open_again(profile: Path, url: str) -> tuple[float, float]:
    """Return the seconds until Python is ready, and until the output of code that was allowed to run in an earlier visit."""
    with visit(profile) as opened:
        opened.goto(url)
        ready = float(opened.wait_for_function(READY, timeout=PATIENCE).json_value())
        answered = float(opened.wait_for_function(HAS_RUN, timeout=PATIENCE).json_value())
        return ready / 1000, answered / 1000
