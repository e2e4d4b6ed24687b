"""The static outline: the graph of source text, built without importing or running the code.

`outline` returns the graph that the driver would build, with the same nodes, edges and messages, as far as the text determines
them. `outline` calls Headwater's decorators with the arguments in the text, and links the nodes with the same code as the
driver.

- Nodes are the public functions at the top level of a module, including those in `if`, `try`, `with` and loops, but not those
  in `if TYPE_CHECKING:` or `if __name__ == "__main__":`. If two branches define the same name, the first definition is used.
- Types come from the annotations. A library's type is known only by its name, and is compatible with every type.
- Decorator arguments may be constant expressions (literals, comprehensions, f-strings, operators, some builtin functions and
  methods), names of constants in any module of the dataflow, or types. The value of a name is unknown if the name is bound
  twice, or if the value is changed in place. A decorator with unknown arguments is ignored, with a warning.
- The condition of `config.where` may be a lambda, or a function with one `return`. Its expression may use config values, and
  anything that decorator arguments may use. If the text does not determine whether the condition holds, the function is
  shown, with a warning.
- Decorators from other libraries are assumed to return the function unchanged.
- Errors that might not occur in a run are reported as warnings, for example in a function with an unknown decorator.
"""

from __future__ import annotations

from collections.abc import Mapping

from headwater.outline.component import redefinition_diagnostics
from headwater.outline.module import SourceModule
from headwater.outline.outliner import Outliner
from headwater.wire.views import GraphView, ProblemView

__all__ = ["Outliner", "outline", "redefinitions"]


def outline(
    files: Mapping[str, str], config: Mapping[str, object] | None = None, *, values: Mapping[str, object] | None = None
) -> GraphView:
    """Return the graph of source files, and the problems in the files. The content of the files never causes an exception.

    Args:
        files: the text of each file, keyed by file name. Files that end in `.py` are the modules of one dataflow, in the
            given order.
        config: selects variants (`@config.when(...)`), as in the driver.
        values: values of inputs and overridden nodes, shown instead of defaults.

    >>> view = outline({"prices.py": "def total(price: float, tax: float = 0.2) -> float: ..."})
    >>> [(node["name"], node["kind"], node["type"]) for node in view["nodes"]]
    [('price', 'input', 'float'), ('tax', 'input', 'float = 0.2'), ('total', 'function', 'float')]
    """
    return Outliner(config).read(files, values=values)


def redefinitions(file: str, text: str) -> list[ProblemView]:
    """Return warnings about functions that a later definition replaces. A built graph does not include these warnings."""
    return [diagnostic.view for diagnostic in redefinition_diagnostics(SourceModule.parse(file, text))]
