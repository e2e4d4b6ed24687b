"""The installed packages that some sources import, as requirements with the versions that are here."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

DISTRIBUTIONS: Final[Mapping[str, str]] = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""What packages are called that are imported by another name, where their metadata is not here to tell."""


_PACKAGE: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
"""What a package of a registry may be called."""
_OF_THE_BROWSER: Final = frozenset({"js", "pyodide", "pyodide_js"})
"""Modules that exist only in the browser's Python. A project must not install a package that has such a name in a registry."""


def requirements(sources: Mapping[str, str]) -> list[str]:
    """A requirement for each package that some modules import, sorted.

    The versions are those of this Python. A newer Python may have no build of just that version: it gets it or a later one.

    Args:
        sources: the text of each module by its name.
    """
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    found: list[str] = []
    own = sources.keys() | sys.stdlib_module_names | _OF_THE_BROWSER | {"headwater"}
    for module in sorted(set(_imported(sources.values())) - own):
        name = _distribution(module)
        if not _PACKAGE.fullmatch(name):
            continue
        version = _version(module, name)
        if version is None:
            found.append(name)
        else:
            found.append(f"{name}=={version}; python_version <= '{here}'")
            found.append(f"{name}>={version}; python_version > '{here}'")
    return found


def requirement_name(requirement: str) -> str:
    """The package that a requirement is about.

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
                case _:
                    pass


def _distribution(module: str) -> str:
    try:
        importlib.metadata.version(module)
    except importlib.metadata.PackageNotFoundError:
        found = [] if module in DISTRIBUTIONS else importlib.metadata.packages_distributions().get(module, [])
        return found[0] if found else DISTRIBUTIONS.get(module, module)
    return module


def _version(module: str, distribution: str) -> str | None:
    """The version as its metadata has it, else as the module says it."""
    try:
        return importlib.metadata.version(distribution).partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        said = getattr(sys.modules.get(module), "__version__", None)
        return said.partition("+")[0] if isinstance(said, str) else None
