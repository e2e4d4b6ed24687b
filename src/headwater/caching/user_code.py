"""The user's own code, and the versions of all other code.

The user's own modules are those whose files are neither in the standard library nor in site-packages. Editable installs
therefore count as the user's.
"""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

_INSTALLED: Final = frozenset({"site-packages", "dist-packages"})
_HEADWATER: Final = str(Path(__file__).parents[1]) + "/"


@cache
def is_user_file(file: str) -> bool:
    """Return True if the user wrote the code of a file. Code without a file, such as code run by `exec`, counts as the user's.

    >>> import json
    >>> is_user_file(json.__file__), is_user_file("/home/ada/flow.py"), is_user_file("<string>")
    (False, True, True)
    """
    if file.startswith("<frozen"):
        return False
    if file.startswith("<"):
        return True
    path = Path(file).absolute()
    if _INSTALLED.intersection(path.parts) or str(path).startswith(_HEADWATER):
        return False
    return not any(path.is_relative_to(folder) for folder in _standard_library())


def is_user_module(module: ModuleType) -> bool:
    """Return True if the user wrote a module."""
    name = module.__name__
    if name.partition(".")[0] in sys.stdlib_module_names:
        return False
    file = getattr(module, "__file__", None)
    if isinstance(file, str):
        return is_user_file(file)
    return all(is_user_file(str(folder)) for folder in getattr(module, "__path__", ()))  # without a file: no `__init__.py`


def is_user_class(cls: type) -> bool:
    """Return True if the user wrote a class."""
    module = sys.modules.get(cls.__module__)
    return module is None or is_user_module(module)


@cache
def library_version(module: str) -> str | None:
    """Return the name and version of the library of a module, or None if the version is unknown.

    >>> library_version("json.decoder").startswith("python 3.")
    True
    """
    package = module.partition(".")[0]
    if package in sys.stdlib_module_names:
        return f"python {'.'.join(map(str, sys.version_info[:3]))}"
    version = vars(sys.modules[package]).get("__version__") if package in sys.modules else None
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
