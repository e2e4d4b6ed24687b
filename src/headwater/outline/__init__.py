"""Source text to a graph, by reading alone: nothing is imported or run.

`outline` shows what the driver would build: the same nodes, edges and messages, for whatever the text can tell. It calls
Headwater's own decorators with the arguments that are written there, and links the nodes with the same code as the driver.

- Nodes are the public functions that a module defines at its top level, also within `if`, `try`, `with` and loops, since a
  run may reach them; not within `if TYPE_CHECKING:` and `if __name__ == "__main__":`. Of two branches that define the same
  name, the first is taken.
- Types are what the annotations say, of other libraries by their names only; where a type is known by its name only, it
  fits everything.
- Decorator arguments may be constant expressions (literals, comprehensions, f-strings, operators, some builtin functions and
  methods), names for such, also from another module of the dataflow, and types. Names that are bound twice or changed in
  place are unknown. A decorator with unknown arguments is left out and pointed at with a warning.
- Decorators of other libraries are taken to leave the function as it is.
- No error is reported that a run may not have: where a run may make something else of a function than its text tells, errors
  about it are warnings.
"""

from __future__ import annotations

from collections.abc import Mapping

from headwater.outline.component import redefinition_diagnostics
from headwater.outline.module import SourceModule
from headwater.outline.outliner import Outliner
from headwater.wire.views import GraphView, ProblemView

__all__ = ["Outliner", "outline", "redefinitions"]


def outline(
    files: Mapping[str, str], config: Mapping[str, object] | None = None, *, given: Mapping[str, object] | None = None
) -> GraphView:
    """The dataflow that some files describe, and what is wrong with it; never raises for what the files say.

    `files` holds texts by file name; those that end in `.py` are the modules of one dataflow, in this order. `config`
    decides between variants (`@config.when(...)`) as it does for the driver. `given` holds values of inputs and of
    overridden nodes, which are shown in the place of defaults.

    >>> view = outline({"prices.py": "def total(price: float, tax: float = 0.2) -> float: ..."})
    >>> [(node["name"], node["kind"], node["type"]) for node in view["nodes"]]
    [('price', 'input', 'float'), ('tax', 'input', 'float = 0.2'), ('total', 'function', 'float')]
    """
    return Outliner(config).read(files, given=given)


def redefinitions(file: str, text: str) -> list[ProblemView]:
    """Warnings of functions that a later one of the same name hides. A built graph does not show that they were there."""
    return [diagnostic.view for diagnostic in redefinition_diagnostics(SourceModule.parse(file, text))]
