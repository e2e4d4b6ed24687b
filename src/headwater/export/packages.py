"""Versioned requirements for the installed packages that sources import."""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

DISTRIBUTIONS: Final[Mapping[str, str]] = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""Package names that differ from the name of the module, keyed by module name. Used if package metadata is not installed."""

_IMPORTED_BY_PANDAS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("plot", "hist", "boxplot"), "matplotlib"),
    **dict.fromkeys(("read_parquet", "to_parquet", "read_feather", "to_feather", "read_orc", "to_orc"), "pyarrow"),
    "interpolate": "scipy",
}
"""Libraries that pandas imports when a method is called, keyed by the name of the method."""

_PACKAGE: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
"""The pattern of package names in registries."""
_BROWSER_MODULES: Final = frozenset({"js", "pyodide", "pyodide_js"})
"""Modules that exist only in the browser. A project must not install packages with these names from the package index."""


def requirements(sources: Mapping[str, str]) -> list[str]:
    """Return a sorted list of requirements for the packages that modules import, directly or through pandas.

    The versions are those of the installed packages. For newer Python versions, the requirements also accept later package
    versions, because the installed version may have no build for those Python versions.

    Args:
        sources: the text of each module, keyed by module name.
    """
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    result: list[str] = []
    distributions = functools.cache(importlib.metadata.packages_distributions)  # slow: it reads the metadata of every package
    excluded = sources.keys() | sys.stdlib_module_names | _BROWSER_MODULES | {"headwater"}
    for module in sorted(set(_imported(sources.values())) - excluded):
        name = _distribution(module, distributions)
        if not _PACKAGE.fullmatch(name):
            continue
        version = _version(module, name)
        if version is None:
            result.append(name)
        else:
            result.append(f"{name}=={version}; python_version <= '{python}'")
            result.append(f"{name}>={version}; python_version > '{python}'")
    return result


def requirement_name(requirement: str) -> str:
    """Return the package name of a requirement.

    >>> requirement_name("pandas==2.2.3; python_version <= '3.12'"), requirement_name("headwater @ https://example.org/a.whl")
    ('pandas', 'headwater')
    """
    return re.split(r"[\s=<>!~;@\[]", requirement, maxsplit=1)[0]


def _imported(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Import(names=aliases):
                    yield from (alias.name.partition(".")[0] for alias in aliases)
                case ast.ImportFrom(module=str(module), level=0):
                    yield module.partition(".")[0]
                case ast.Attribute(attr=method) if _IMPORTED_BY_PANDAS.get(method) in sys.modules:
                    yield _IMPORTED_BY_PANDAS[method]
                case _:
                    pass


def _distribution(module: str, distributions: Callable[[], Mapping[str, list[str]]]) -> str:
    try:
        importlib.metadata.version(module)
    except importlib.metadata.PackageNotFoundError:
        names = [] if module in DISTRIBUTIONS else distributions().get(module, [])
        return names[0] if names else DISTRIBUTIONS.get(module, module)
    return module


def _version(module: str, distribution: str) -> str | None:
    """Return the version from the package metadata or, failing that, from the module."""
    try:
        return importlib.metadata.version(distribution).partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        version = getattr(sys.modules.get(module), "__version__", None)
        return version.partition("+")[0] if isinstance(version, str) else None
