"""Draw each decorator's example with and without the decorator, and list the example's nodes and the decorator's errors.

Everything comes from the code: the examples in `docs/decorators/`, which tests run, and the decorators' docstrings.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from drawings import CLASS, drawing_styles, inline_svg

import headwater
from headwater import Builder
from headwater.decorators.catalog import CATALOG, MODULES, Family, Usage
from headwater.definitions.functions import definitions_in, nodes_of
from headwater.drawing import draw
from headwater.graph.graph import Graph

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

EXAMPLES: Final = Path(__file__).parents[1] / "decorators"
PAGE: Final = "reference/every-decorator.md"
PLACE: Final = "<!-- every decorator -->"
REFERENCE: Final = "reference/decorators.md"
PLACE_OF_REFERENCE: Final = "<!-- the catalog of decorators -->"
ELSEWHERE: Final = {"load_save": "loading and saving](io.md)", "protocol": "modifiers](custom-decorators.md)"}
"""Links to the pages of families that are documented elsewhere, keyed by module."""

SETTINGS: Final = ("CONFIG", "INPUTS", "EXPECTED")


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Fill the page that lists every decorator, and the catalog on the reference page."""
    if page.file.src_uri == PAGE:
        return markdown.replace(PLACE, every_decorator())
    return markdown.replace(PLACE_OF_REFERENCE, reference()) if page.file.src_uri == REFERENCE else markdown


def reference() -> str:
    """Return the decorators of the catalog by family, with their docstrings."""
    return "\n\n".join(part for family in CATALOG for part in (f"## {family.title}", *_members(family)))


def _members(family: Family) -> list[str]:
    names = [f"`{entry.name}`" for entry in family.entries]
    if family.module in ELSEWHERE:
        return [f"For {', '.join(names[:-1])} and {names[-1]}, see [{ELSEWHERE[family.module]}."]
    documented = [entry.name for entry in family.entries if entry.usage is not Usage.NAMESPACE]
    # Leave out `config.exclude`, because it is an alias of `exclude`.
    return [
        f"::: headwater.decorators.{name}" for name in documented if "." not in name or name.partition(".")[2] not in MODULES
    ]


def every_decorator() -> str:
    """Return the table of all decorators, and a section for each."""
    examples = [DecoratorExample(path) for path in sorted(EXAMPLES.glob("*.py"))]
    rows = [f"| [`{example.name}`](#{example.anchor}) | {example.summary} | {example.node_names} |" for example in examples]
    table = "\n".join(["| decorator | purpose | nodes of the example |", "|---|---|---|", *rows])
    styles = f"<style>.md-typeset td:first-child code{{white-space:nowrap}}{drawing_styles()}</style>"
    return "\n\n".join([styles, table, *(example.section for example in examples)])


@dataclass(frozen=True)
class DecoratorExample:
    """The example of a decorator."""

    path: Path

    @property
    def name(self) -> str:
        """Return the decorator's name: `config.when` for `config_when.py`."""
        before, _, after = self.path.stem.partition("_")
        return f"{before}.{after}" if before in ("config", "schema") else self.path.stem

    @property
    def anchor(self) -> str:
        """Return the anchor of the decorator's section."""
        return self.path.stem

    @property
    def summary(self) -> str:
        """Return the decorator's purpose, which is the first line of the example."""
        return (ast.get_docstring(self._tree) or "").partition("\n")[0]

    @property
    def node_names(self) -> str:
        """Return the names of the function nodes in the example."""
        return ", ".join(f"`{node.name}`" for node in self.after if node.kind == "function")

    @property
    def section(self) -> str:
        """Return the decorator's section: the example, the drawings and the errors."""
        drawings = [("without", self.before), ("with", self.after)]
        figures = "".join(
            f"<figure>{inline_svg(draw(graph, show_legend=False))}<figcaption>{caption} the decorator</figcaption></figure>"
            for caption, graph in drawings
        )
        parts = [
            f"## `{self.name}` {{ #{self.anchor} }}",
            self.summary,
            f"```python\n{self.code}\n```",
            f'<div class="{CLASS}" data-search-exclude>{figures}</div>',
        ]
        if self.errors:
            parts.append("**Errors**")
            parts.append("\n".join(f"- `{kind}`: {when}" for kind, when in self.errors))
        return "\n\n".join(parts)

    @property
    def code(self) -> str:
        """Return the example without its test settings."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        for statement in reversed(self._tree.body):
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if name in SETTINGS:
                    del lines[statement.lineno - 1 : statement.end_lineno]
                case ast.Expr(value=ast.Constant()):
                    del lines[statement.lineno - 1 : statement.end_lineno]
                case _:
                    pass
        return re.sub(r"\n{3,}", "\n\n\n", "\n".join(lines)).strip()

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return the `Raises` section of the decorator's docstring."""
        docstring = getattr(self._decorator, "__doc__", None) or ""
        raises = re.search(r"Raises:\n(.*?)(?=\n\s*\n|\Z)", docstring, re.DOTALL)
        if raises is None:
            return []
        entries = re.findall(r"^\s+(\w+): (.*?)(?=^\s+\w+: |\Z)", raises[1] + "\n", re.MULTILINE | re.DOTALL)
        return [(kind, " ".join(when.split())) for kind, when in entries]

    @cached_property
    def after(self) -> Graph:
        """Return the dataflow with the decorators."""
        return _built(_executed(self.path.stem, self.path, self._tree))

    @cached_property
    def before(self) -> Graph:
        """Return the dataflow of the functions without any decorator."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                statement.decorator_list = []
        module = _executed(f"{self.path.stem}_plain", self.path, tree)
        graph, _ = Graph.link(nodes_of(definitions_in(module), {}))  # without the decorator, some examples have type errors
        return graph

    @cached_property
    def _tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def _decorator(self) -> Any:
        found: Any = headwater
        for part in self.name.split("."):
            found = getattr(found, part)
        return found


def _executed(name: str, path: Path, tree: ast.Module) -> ModuleType:
    module = ModuleType(name)
    module.__file__ = str(path)
    exec(compile(tree, str(path), "exec"), vars(module))  # noqa: S102 - the examples are part of the project
    return module


def _built(module: ModuleType) -> Graph:
    return Builder().with_modules(module).with_config(getattr(module, "CONFIG", {})).build().graph
