"""The decorators, a family a file. `catalog.py` lists them; `protocol.py` says how they work and how to write one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each module lists what it exports
    from headwater.decorators import config as config
    from headwater.decorators.bindings import *
    from headwater.decorators.check import *
    from headwater.decorators.config import exclude as exclude
    from headwater.decorators.delegation import *
    from headwater.decorators.dynamic import *
    from headwater.decorators.expand import *
    from headwater.decorators.extract import *
    from headwater.decorators.frame_columns import *
    from headwater.decorators.load_save import *
    from headwater.decorators.pipe import *
    from headwater.decorators.protocol import *
    from headwater.decorators.subdags import (
        parameterized_subdag as parameterized_subdag,
    )  # mypy 2 takes more from a star
    from headwater.decorators.subdags import (
        subdag as subdag,
    )
    from headwater.decorators.tags import *
else:  # type checkers read the imports above, and then know of a misspelt name

    def __getattr__(name: str) -> Any:
        """A name of the catalog, or `__all__`. Most programs need neither at once: the catalog is imported by the first."""
        import importlib

        from headwater.decorators.catalog import MODULES, exports

        if name == "__all__":
            return exports(tools=True)
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f"headwater.decorators.{MODULES[name]}")
        found = module if name == MODULES[name] else getattr(module, name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]
