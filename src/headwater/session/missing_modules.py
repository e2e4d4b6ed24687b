"""Finds the missing module that caused an exception."""

from __future__ import annotations

import importlib.util
import sys

from headwater.libraries.support import package_of
from headwater.session.limitations import limitation


def missing_module(error: BaseException) -> str | None:
    """Return the top-level module that could not be imported, or None if a package cannot provide it.

    Packages cannot provide standard library modules, including modules that newer Python versions have removed.
    """
    try:
        name = None if limitation(error) is not None else _missing(error)
    except Exception:  # noqa: BLE001 - attributes of the user's objects may raise anything
        return None
    return None if name in sys.stdlib_module_names else name


def _missing(error: BaseException) -> str | None:
    match error:
        # Exclude subclasses of `ModuleNotFoundError`, because their `name` may be the name of a distribution.
        case ModuleNotFoundError(name=str(name)) if name and type(error) is ModuleNotFoundError:
            return name.partition(".")[0]
        # For a missing optional dependency, pandas raises its own error, whose cause names the module.
        case ImportError(__cause__=BaseException() as cause):
            return _missing(cause)
        case AttributeError(name="style", obj=owner) if "pandas" in map(package_of, type(owner).__mro__):
            return "jinja2" if importlib.util.find_spec("jinja2") is None else None
        case _:
            return None
