"""The user's own code, and the versions of all other code.

The user's own modules are those whose files are neither in the standard library nor in site-packages. Editable installs are
therefore the user's own code. Installed packages that define the nodes of a dataflow are treated as the user's own code, too.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Final

from headwater.libraries.support import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable

_INSTALLED: Final = frozenset({"site-packages", "dist-packages"})
_HEADWATER: Final = f"{Path(__file__).parents[1]}{os.sep}"


@cache
def is_user_file(file: str, own: frozenset[str] = frozenset()) -> bool:
    """Return True if a file is part of the user's own code.

    Code without a file, such as code run by `exec`, is treated as the user's own code.

    Args:
        file: the file.
        own: installed folders and files that are treated as the user's own code, too (`own_sources`).

    >>> import json
    >>> is_user_file(json.__file__), is_user_file("/home/ada/flow.py"), is_user_file("<string>")
    (False, True, True)
    """
    if file.startswith("<frozen"):
        return False
    if file.startswith("<"):
        return True
    path = Path(file).absolute()
    if any(path.is_relative_to(folder) for folder in own):
        return True
    if _INSTALLED.intersection(path.parts) or str(path).startswith(_HEADWATER):
        return False
    return not any(path.is_relative_to(folder) for folder in _standard_library())


def is_user_module(module: ModuleType, own: frozenset[str] = frozenset()) -> bool:
    """Return True if a module is part of the user's own code."""
    name = module.__name__
    if name.partition(".")[0] in sys.stdlib_module_names:
        return False
    file = getattr(module, "__file__", None)
    if isinstance(file, str):
        return is_user_file(file, own)
    folders = getattr(module, "__path__", ())  # a package without `__init__.py` has no file
    return all(is_user_file(str(folder), own) for folder in folders)


def is_user_class(cls: type, own: frozenset[str] = frozenset()) -> bool:
    """Return True if a class is part of the user's own code."""
    if not isinstance(vars(cls).get("__module__"), str):  # a class written in C
        return False
    module = sys.modules.get(cls.__module__)
    return module is None or is_user_module(module, own)


def own_sources(modules: Iterable[str]) -> frozenset[str]:
    """Return the installed folders and files of the packages that define nodes.

    A project that is installed without `--editable` often keeps its version while its code changes.

    Args:
        modules: the names of the modules that define nodes.
    """
    sources: set[str] = set()
    for package in {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - SUPPORTED.keys():
        for name in sorted(name for name in modules if name.partition(".")[0] == package):
            file = _first_file(name)
            if file is not None and not is_user_file(file) and not file.startswith(_HEADWATER):
                sources.add(str(Path(file).parent) if Path(file).stem == "__init__" else file)
    return frozenset(sources)


def _first_file(module: str) -> str | None:
    """Return the file of a module's outermost package, skipping namespace packages, which have no file."""
    parts = module.split(".")
    for end in range(1, len(parts) + 1):
        file = getattr(sys.modules.get(".".join(parts[:end])), "__file__", None)
        if isinstance(file, str):
            return str(Path(file).absolute())
    return None


def is_importable(function: FunctionType) -> bool:
    """Return True if the function can be found in its module under its qualified name. A decorator may have replaced it there.

    >>> import json
    >>> is_importable(json.dumps)
    True
    """
    value: object = sys.modules.get(str(function.__globals__.get("__name__")))
    for name in function.__qualname__.split("."):
        value = getattr(value, name, None)
    return value is function


@cache
def library_version(module: str) -> str | None:
    """Return the name and version of a module's library, or None if the version is unknown.

    >>> library_version("json.decoder").startswith("python 3.")
    True
    """
    package = module.partition(".")[0]
    if package in sys.stdlib_module_names:
        return f"python {'.'.join(map(str, sys.version_info[:3]))}"
    version = vars(sys.modules[package]).get("__version__") if package in sys.modules else None
    if package.startswith("_cython_"):  # classes shared by Cython modules: the name of the package includes the version
        return package
    if not isinstance(version, str):
        version = _installed_version(package)
    return None if version is None else f"{package} {version}"


def _installed_version(package: str) -> str | None:
    from importlib import metadata  # imported lazily: slow, and most libraries have `__version__`

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        names = metadata.packages_distributions().get(package, ())
        return " ".join(f"{name} {metadata.version(name)}" for name in sorted(set(names))) or None


@cache
def _standard_library() -> tuple[Path, ...]:
    paths = sysconfig.get_paths()
    folders = {paths["stdlib"], paths["platstdlib"], *(str(Path(file).parent) for file in [sysconfig.__file__])}
    return tuple(Path(folder).absolute() for folder in folders)
