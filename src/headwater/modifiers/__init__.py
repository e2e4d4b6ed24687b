"""The decorators, a family a file. `catalog.py` lists them; `protocol.py` says how they work and how to write one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each module lists what it exports
    from headwater.modifiers import config as config
    from headwater.modifiers.adapters import *
    from headwater.modifiers.bindings import *
    from headwater.modifiers.bodies import *
    from headwater.modifiers.check import *
    from headwater.modifiers.config import exclude as exclude
    from headwater.modifiers.expand import *
    from headwater.modifiers.extract import *
    from headwater.modifiers.frames import *
    from headwater.modifiers.pipe import *
    from headwater.modifiers.protocol import *
    from headwater.modifiers.resolving import *
    from headwater.modifiers.subdags import *
    from headwater.modifiers.tags import *
else:  # type checkers read the imports above, and then know of a misspelt name
    import importlib

    from headwater.modifiers.catalog import MODULES, exports

    __all__ = list(exports(tools=True))

    def __getattr__(name: str) -> Any:
        """A name of the catalog, from the module of its family: imported when it is first asked for."""
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f"headwater.modifiers.{MODULES[name]}")
        found = module if name == MODULES[name] else getattr(module, name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return [*globals(), *__all__]
