"""Installation of libraries: each integration has an extra of the same name, such as `headwater[pandas]`."""

from __future__ import annotations

import importlib
import importlib.machinery
import sys
from collections.abc import Sequence
from typing import Final

_IN_BROWSER: Final = sys.platform == "emscripten"


def install_command(extra: str) -> str:
    """Return the command that installs a supported version of a library.

    The quotes are valid in the shells of all systems.

    >>> install_command("pandas")
    '`pip install "headwater[pandas]"`'
    """
    return f'`pip install "headwater[{extra}]"`'


def require(extra: str, *modules: str) -> None:
    """Import the modules that an integration needs: by default, the module with the same name as the extra.

    Raises:
        ModuleNotFoundError: a module is not installed. The message contains the command that installs it.
    """
    for module in modules or (extra,):
        if sys.modules.get(module) is None:
            _import(extra, module)


def import_advice(libraries: Sequence[str]) -> str:
    """Return a sentence that tells the user to import one of the libraries, and to install one first if necessary."""
    choice = "it" if len(libraries) == 1 else "one of them"
    if _IN_BROWSER or any(_is_installed(library) for library in libraries):
        return f"Import {choice} first."
    return f"Install {choice} with {' or '.join(map(install_command, libraries))}, and import it first."


def _import(extra: str, module: str) -> None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise  # the library is installed, but one of its own dependencies is missing
        message = f"This feature of Headwater needs {module}, which is not installed. Run {install_command(extra)}."
        raise ModuleNotFoundError(message, name=module) from None


def _is_installed(library: str) -> bool:
    # Do not use other finders: some, such as those of a session, have side effects.
    return library in sys.modules or importlib.machinery.PathFinder.find_spec(library) is not None
