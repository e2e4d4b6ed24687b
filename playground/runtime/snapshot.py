"""Brings a new Python to where a page wants it, for a picture of its memory: all imported, and at ease.

Runs inside the pinned Pyodide. What the engine may need of the standard library, also what it imports only when asked
for something, is imported here: a page answers its first questions before the library itself has arrived. A rehearsal
brings in what no import statement tells of, such as the data behind `sysconfig`, and what Python learns by doing.
"""

from __future__ import annotations

import _imp
import ast
import contextlib
import ctypes
import gc
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator

#: Parts of the engine that import other people's packages.
EXCLUDED = ("headwater.integrations.",)

#: What only other systems need: an HTTP client of 39 modules, for the drives of Windows.
NOT_IN_A_BROWSER = {"urllib.request", "urllib.request.url2pathname"}

#: What is tried out: runs that go well, one with a node that fails, mistakes in a graph, and text that is no Python.
WARM_UP_SOURCES = (
    """
def price() -> int:
    return 20

def total(price: int, quantity: int = 3) -> int:
    return price * quantity
""",
    """
import io
import pandas as pd

def days() -> pd.DataFrame:
    text = "date,rain,wind,sky\\n2020-01-01,1.5,2,sun\\n2020-01-02,,3,rain\\n2020-01-03,0.5,4,sun\\n"
    return pd.read_csv(io.StringIO(text), parse_dates=["date"], index_col="date")

def rain(days: pd.DataFrame) -> pd.Series:
    return days["rain"].fillna(0.0)

def smoothed(rain: pd.Series) -> pd.Series:
    return rain.rolling(2, min_periods=1).mean().shift(1)

def by_month(days: pd.DataFrame) -> pd.Series:
    return days.groupby(days.index.month)["wind"].agg("mean")

def weekly(rain: pd.Series) -> pd.Series:
    return rain.resample("W").sum()

def joined(rain: pd.Series, smoothed: pd.Series) -> pd.DataFrame:
    return pd.concat({"rain": rain, "smoothed": smoothed}, axis=1).merge(rain.rename("again"), on="date").describe()
""",
    """
def price() -> float:
    return 1 / 0

def total(price: float) -> float:
    return price
""",
    """
def total(prise: int, quantity: 'Quantity', *more: int) -> int:
    return prise

def total(total: str): ...
""",
    "def total(:",
)


def imported_names(source: str) -> Iterator[str]:
    """The dotted names that a module's text imports anywhere; of `from a import b` both `a` and `a.b`, a guess."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of_standard_library(sources: Iterable[str]) -> list[str]:
    """The standard library's modules among the names that `sources` import."""
    names = {name for source in sources for name in imported_names(source)} - NOT_IN_A_BROWSER
    return sorted(name for name in names if name.partition(".")[0] in sys.stdlib_module_names)


def engine_modules() -> list[str]:
    """The engine's own modules that need nothing but the standard library."""
    return list(_modules_of("headwater"))


def _modules_of(package: str) -> Iterator[str]:
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
        if f"{module.name}.".startswith(EXCLUDED):
            continue
        yield module.name
        if module.ispkg:
            yield from _modules_of(module.name)


@contextlib.contextmanager
def freeing_linked_files(files_in_memory: Callable[[], Iterable[int]]) -> Iterator[None]:
    """Frees the copy of an extension's file that linking leaves in memory; `files_in_memory` hands over the addresses."""
    free = ctypes.pythonapi.PyMem_RawFree
    free.argtypes, free.restype = [ctypes.c_void_p], None
    link = _imp.create_dynamic

    def link_and_free(*arguments: object) -> object:
        try:
            return link(*arguments)
        finally:
            for address in files_in_memory():
                free(address)

    _imp.create_dynamic = link_and_free
    try:
        yield
    finally:
        _imp.create_dynamic = link


def import_all(sources: Iterable[str], packages: Iterable[str]) -> None:
    """Imports the engine, what its sources may want of the standard library, and packages."""
    for name in of_standard_library(sources):
        # What a class or function was imported from is no module, and some modules are not for this platform.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for name in engine_modules():
        if not name.endswith("__main__"):
            importlib.import_module(name)
    for name in packages:
        importlib.import_module(name)


def warm_up(answer: Callable[[str, Callable[[str], None]], str]) -> None:
    """Has the bridge answer what a page asks, and close its sessions again."""
    for index, text in enumerate(WARM_UP_SOURCES):
        about = {"id": index, "session": str(index), "files": {"flow.py": text}, "outputs": None}
        for kind in ("outline", "run", "close"):
            reply = json.loads(answer(json.dumps({**about, "kind": kind}), lambda _state: None))
            if reply["kind"] == "crashed":
                raise RuntimeError(f"The rehearsal failed at {kind} of:\n\n{text}\n{reply['message']}")


def prepare(
    sources: Iterable[str],
    packages: Iterable[str],
    answer: Callable[[str, Callable[[str], None]], str],
    files_in_memory: Callable[[], Iterable[int]],
) -> None:
    """Imports what a page needs, tries it, and lets go of what is needed no more."""
    with freeing_linked_files(files_in_memory):
        import_all(sources, packages)
        warm_up(answer)
    # Pyodide puts the folder of the moment on the path at each start, so also after the picture was taken.
    sys.path.remove("")
    gc.collect()
    # What has been imported stays: no collection need look at it again.
    gc.freeze()
