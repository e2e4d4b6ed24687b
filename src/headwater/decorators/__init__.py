"""The decorators, one family per file. `catalog.py` lists them, and `protocol.py` explains how to write a custom decorator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # each module lists its exports in `__all__`
    from headwater.decorators import config as config
    from headwater.decorators.bindings import *
    from headwater.decorators.check import *
    from headwater.decorators.config import exclude as exclude
    from headwater.decorators.delegation import *
    from headwater.decorators.dynamic import *
    from headwater.decorators.executors import *
    from headwater.decorators.expand import *
    from headwater.decorators.extract import *
    from headwater.decorators.frame_columns import *
    from headwater.decorators.load_save import *
    from headwater.decorators.pipe import *
    from headwater.decorators.protocol import *
    from headwater.decorators.subdags import (
        parameterized_subdag as parameterized_subdag,
    )  # with a star import, mypy 2 would export more names
    from headwater.decorators.subdags import (
        subdag as subdag,
    )
    from headwater.decorators.tags import *
else:  # hidden from type checkers: because of `__getattr__`, they would accept misspelled names

    def __getattr__(name: str) -> Any:
        """Import a public name on first access. For `__all__`, return the list of public names."""
        import importlib

        from headwater.decorators.catalog import MODULES, exports

        if name == "__all__":
            return exports(tools=True)
        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = importlib.import_module(f"headwater.decorators.{MODULES[name]}")
        value = module if name == MODULES[name] else getattr(module, name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return [*globals(), *__getattr__("__all__")]
