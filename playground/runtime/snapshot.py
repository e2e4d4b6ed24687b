"""Prepare Python for a memory snapshot: import all modules, warm it up and free unused memory.

This module runs inside the pinned Pyodide. It imports every standard library module that the engine may use,
including those that it imports lazily, because a page answers its first requests before the library has been downloaded.
The warm-up loads data that no import statement loads, such as the data of `sysconfig`, and specializes the bytecode.
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
from collections.abc import Callable, Iterable, Iterator, Mapping

# The parts of the engine that the first run on a page does not need. If another part imports one of their modules, that
# module is still in the snapshot.
EXCLUDED = (
    "headwater.integrations.",
    "headwater.caching.",
    "headwater.cli.",
    "headwater.export.",
    "headwater.hooks.",
    "headwater.planning.",
)

#: The engine imports this function only on Windows. Its module would load an HTTP client with 39 modules.
NOT_IN_A_BROWSER = {"urllib.request", "urllib.request.url2pathname"}

# Sources for the warm-up: runs that succeed, a run with a failing node, an invalid graph and a syntax error.
WARM_UP_SOURCES = (
    """
def price() -> int:
    return 20

def total(price: int, quantity: int = 3) -> int:
    return price * quantity
""",
    """
import io
import numpy as np
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

def extremes(rain: pd.Series) -> np.ndarray:
    return np.sort(rain.to_numpy())

def wettest(extremes: np.ndarray) -> float:
    return extremes.max()

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


# Sources for the warm-up of packs. Fitting and displaying a model import more modules.
PACK_SOURCES = (
    """
import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

def points() -> np.ndarray:
    return np.arange(12.0).reshape(6, 2)

def labels() -> np.ndarray:
    return np.array([0, 0, 1, 0, 1, 1])

def classifier(points: np.ndarray, labels: np.ndarray) -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(points, labels)

def score(classifier: Pipeline, points: np.ndarray, labels: np.ndarray) -> float:
    return classifier.score(points, labels)

def slopes(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return LinearRegression().fit(points, labels).coef_
""",
)

# The flag of heap-allocated classes, and the offset of their `tp_doc`; see CPython's `Include/cpython/object.h`.
HEAP_TYPE = 1 << 9
TP_DOC = 88


def imported_names(source: str) -> Iterator[str]:
    """Yield the dotted names that source text imports; for `from a import b`, both `a` and `a.b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of_standard_library(sources: Iterable[str]) -> list[str]:
    """Return the standard library modules that `sources` import."""
    names = {name for source in sources for name in imported_names(source)} - NOT_IN_A_BROWSER
    return sorted(name for name in names if name.partition(".")[0] in sys.stdlib_module_names)


def engine_modules() -> list[str]:
    """Return the engine's modules that the first run on a page may need."""
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
    """Free the copies of extension files that linking leaves in memory; `files_in_memory` returns their addresses."""
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


def import_all(sources: Mapping[str, str], packages: Iterable[str], files_in_memory: Callable[[], Iterable[int]]) -> None:
    """Import the engine, the standard library modules that it may import later, and the packages.

    Args:
        sources: the source texts of the engine's modules and the worker's modules, keyed by name.
        packages: the packages to import.
        files_in_memory: see `freeing_linked_files`.
    """
    with freeing_linked_files(files_in_memory):
        for name in engine_modules():
            if not name.endswith("__main__"):
                importlib.import_module(name)
        for name in of_standard_library(source for name, source in sources.items() if name in sys.modules):
            # Some names are classes or functions instead of modules, and some modules are for other platforms.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        for name in packages:
            importlib.import_module(name)


def warm_up(answer: Callable[[str, Callable[[str], None]], str], sources: Iterable[str] = WARM_UP_SOURCES) -> None:
    """Let the bridge answer typical requests, and close its sessions."""
    for index, text in enumerate(sources):
        about = {"id": index, "session": str(index), "files": {"flow.py": text}, "outputs": None}
        for kind in ("outline", "run", "close"):
            reply = json.loads(answer(json.dumps({**about, "kind": kind}), lambda _state: None))
            if reply["kind"] == "crashed":
                raise RuntimeError(f"The warm-up request `{kind}` failed for:\n\n{text}\n{reply['message']}")


def free_docstrings_of_classes() -> None:
    """Free the copies of stripped docstrings that classes keep for C code."""
    free = ctypes.pythonapi.PyObject_Free
    free.argtypes, free.restype = [ctypes.c_void_p], None
    for cls in _subclasses(object):
        docstring = ctypes.c_uint32.from_address(id(cls) + TP_DOC)
        if cls.__flags__ & HEAP_TYPE and docstring.value and cls.__dict__.get("__doc__") is None:
            free(docstring.value)
            docstring.value = 0


def _subclasses(cls: type) -> Iterator[type]:
    for subclass in type.__subclasses__(cls):
        yield subclass
        yield from _subclasses(subclass)


def finish() -> None:
    """Prepare Python's state for starting from the snapshot."""
    # Pyodide adds the current folder to the path at each start, including starts from the snapshot.
    sys.path.remove("")
    free_unused()


def import_packs(modules: Iterable[str], files_in_memory: Callable[[], Iterable[int]]) -> None:
    """Import modules of packs that were unpacked after the other modules were imported."""
    importlib.invalidate_caches()
    with freeing_linked_files(files_in_memory):
        for name in modules:
            importlib.import_module(name)


def warm_up_packs(answer: Callable[[str, Callable[[str], None]], str]) -> None:
    """Let the bridge run code that uses the packs."""
    warm_up(answer, PACK_SOURCES)


def free_unused() -> None:
    """Free the memory that the snapshot does not need."""
    free_docstrings_of_classes()
    gc.collect()
    # Imported modules are permanent: exclude them from later collections.
    gc.freeze()
