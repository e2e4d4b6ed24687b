"""Draws what each decorator makes: the dataflow of its example with and without it, its nodes, and its errors.

All of it comes from the code: the examples of `docs/decorators/`, which tests run, and the decorators' docstrings.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import headwater
from headwater import Builder
from headwater.decorators.catalog import CATALOG, MODULES, Family, Usage
from headwater.definitions.functions import definitions_in, nodes_of
from headwater.drawing import draw
from headwater.drawing.svg import LOOK
from headwater.graph.graph import Graph

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

EXAMPLES: Final = Path(__file__).parents[1] / "decorators"
PAGE: Final = "reference/every-decorator.md"
PLACE: Final = "<!-- every decorator -->"
REFERENCE: Final = "reference/decorators.md"
PLACE_OF_REFERENCE: Final = "<!-- the catalog of decorators -->"
ELSEWHERE: Final = {"load_save": "loading and saving](io.md)", "protocol": "modifiers](custom-decorators.md)"}
"""The families that have a page of their own, with what they work with."""

SETTINGS: Final = ("CONFIG", "INPUTS", "EXPECTED")


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Put the table and the drawings into their page, and the catalog into the page of the reference."""
    if page.file.src_uri == PAGE:
        return markdown.replace(PLACE, every_decorator())
    return markdown.replace(PLACE_OF_REFERENCE, reference()) if page.file.src_uri == REFERENCE else markdown


def reference() -> str:
    """All families of the catalog, with what their docstrings say."""
    return "\n\n".join(part for family in CATALOG for part in (f"## {family.title}", *_members(family)))


def _members(family: Family) -> list[str]:
    names = [f"`{entry.name}`" for entry in family.entries]
    if family.module in ELSEWHERE:
        return [f"{', '.join(names[:-1])} and {names[-1]} stand with what they work with: [{ELSEWHERE[family.module]}."]
    documented = [entry.name for entry in family.entries if entry.usage is not Usage.NAMESPACE]
    # `config.exclude` is `exclude`.
    return [
        f"::: headwater.decorators.{name}" for name in documented if "." not in name or name.partition(".")[2] not in MODULES
    ]


def every_decorator() -> str:
    """The table of all decorators, and a section for each."""
    examples = [Shown(path) for path in sorted(EXAMPLES.glob("*.py"))]
    rows = [f"| [`{one.name}`](#{one.anchor}) | {one.says} | {one.listed} |" for one in examples]
    table = "\n".join(["| decorator | what for | nodes of the example |", "|---|---|---|", *rows])
    return "\n\n".join([_look(), table, *(one.section for one in examples)])


@dataclass(frozen=True)
class Shown:
    """A decorator, by its example."""

    path: Path

    @property
    def name(self) -> str:
        """The decorator, as it is written: `config.when` of `config_when.py`."""
        before, _, after = self.path.stem.partition("_")
        return f"{before}.{after}" if before in ("config", "schema") else self.path.stem

    @property
    def anchor(self) -> str:
        """Where its section is."""
        return self.path.stem

    @property
    def says(self) -> str:
        """What it is for, as the example's first line says."""
        return (ast.get_docstring(self._tree) or "").partition("\n")[0]

    @property
    def listed(self) -> str:
        """The nodes that functions make in its example."""
        return ", ".join(f"`{node.name}`" for node in self.after if node.kind == "function")

    @property
    def section(self) -> str:
        """The example, the drawings, and the errors."""
        drawings = [("without", self.before), ("with", self.after)]
        figures = "".join(f"<figure>{_svg(graph)}<figcaption>{said} it</figcaption></figure>" for said, graph in drawings)
        parts = [
            f"## `{self.name}` {{ #{self.anchor} }}",
            self.says,
            f"```python\n{self.code}\n```",
            f'<div class="hw-drawn" data-search-exclude>{figures}</div>',
        ]
        if self.errors:
            parts.append("**Errors**")
            parts.append("\n".join(f"- `{kind}`: {when}" for kind, when in self.errors))
        return "\n\n".join(parts)

    @property
    def code(self) -> str:
        """The example without what tests it."""
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
        """What its docstring says that it raises, and when."""
        said = getattr(self._decorator, "__doc__", None) or ""
        raises = re.search(r"Raises:\n(.*?)(?=\n\s*\n|\Z)", said, re.DOTALL)
        if raises is None:
            return []
        entries = re.findall(r"^\s+(\w+): (.*?)(?=^\s+\w+: |\Z)", raises[1] + "\n", re.MULTILINE | re.DOTALL)
        return [(kind, " ".join(when.split())) for kind, when in entries]

    @cached_property
    def after(self) -> Graph:
        """The dataflow with the decorators."""
        return _built(_executed(self.path.stem, self.path, self._tree))

    @cached_property
    def before(self) -> Graph:
        """The dataflow of the functions as they are without any decorator."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                statement.decorator_list = []
        module = _executed(f"{self.path.stem}_plain", self.path, tree)
        graph, _ = Graph.link(nodes_of(definitions_in(module), {}))  # without its decorator, a type may not fit
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


def _svg(graph: Graph) -> str:
    """A drawing on one line, without its own look: all of them share the page's."""
    svg = draw(graph, show_legend=False).svg
    return "".join(re.sub(r"<style>.*?</style><rect[^>]*/>", "", svg, flags=re.DOTALL).splitlines())


def _look() -> str:
    """The look of all drawings: that of the library's SVG, in the colours of the page's palette."""
    found = re.fullmatch(r"\s*:root\{(.*?)\}\s*@media[^{]*\{:root\{(.*?)\}\}(.*)", LOOK, re.DOTALL)
    assert found is not None, "the look of SVG has another form"
    light, dark, rules = ("".join(part.splitlines()) for part in found.groups())
    layout = "display:flex;flex-wrap:wrap;gap:1rem 3rem;align-items:end"
    figure = "figure{margin:0}svg{max-width:100%;height:auto}figcaption{font-style:normal;margin:0;color:var(--hw-mute)}"
    dark_rule = f'[data-md-color-scheme="slate"] .hw-drawn{{{dark}}}'
    wide = ".md-typeset td:first-child code{white-space:nowrap}"
    return f"<style>{wide}.hw-drawn{{{light};{layout}}}{dark_rule}.hw-drawn{{{rules}{figure}}}</style>"
