"""Which module was not there, where that is what went wrong."""

from __future__ import annotations

import importlib.util
import sys

from headwater.libraries.support import package_of
from headwater.session.limitations import limitation


def missing_module(error: BaseException) -> str | None:
    """The top-level module that could not be imported; None for any other error, and for what no package has.

    No package has the modules of the standard library, those included that were part of it once.
    """
    try:
        name = None if limitation(error) is not None else _missing(error)
    except Exception:  # noqa: BLE001 - asks the user's objects for their attributes
        return None
    return None if name in sys.stdlib_module_names else name


def _missing(error: BaseException) -> str | None:
    match error:
        # Of a subclass the name may be something else than a module's, such as that of a distribution.
        case ModuleNotFoundError(name=str(name)) if name and type(error) is ModuleNotFoundError:
            return name.partition(".")[0]
        # pandas says in its own words what only some of it needs.
        case ImportError(__cause__=BaseException() as cause):
            return _missing(cause)
        case AttributeError(name="style", obj=owner) if "pandas" in map(package_of, type(owner).__mro__):
            return "jinja2" if importlib.util.find_spec("jinja2") is None else None
        case _:
            return None
