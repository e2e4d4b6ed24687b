"""`SourceModule`: one parsed file, what the names in it mean, and the functions that it defines."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, eq=False)
class SourceModule:
    """What a file binds at module level, as far as its text tells.

    Statements inside of `if`, `try`, `with`, `for`, `while` and `match` count: a run may well reach them. Where two
    branches exclude each other and define the same name, the first is taken. Left out are the bodies of
    `if TYPE_CHECKING:` and `if __name__ == "__main__":`, which a module that is imported never runs.
    """

    name: str
    """As the module would be imported: `flows.prices`."""
    file: str
    functions: dict[str, FunctionNode] = field(default_factory=dict[str, FunctionNode])
    """The functions by name, in the order in which they are written; a name that is bound again keeps its last meaning."""
    imports: dict[str, str] = field(default_factory=dict[str, str])
    """What names stand for that mean something from elsewhere, or a class: `{"pd": "pandas", "tag": "headwater.tag"}`."""
    stars: list[str] = field(default_factory=list[str])
    """The modules of which everything was imported (`from headwater import *`)."""
    assigned: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])
    """Module-level names with the expressions that they were given."""
    redefined: list[tuple[FunctionNode, FunctionNode]] = field(default_factory=list[tuple[FunctionNode, FunctionNode]])
    """Functions that a later one of the same name in the same file hides: each with the one that hides it."""

    @classmethod
    def parsed(cls, file: str, text: str) -> SourceModule:
        """Reads a file's text.

        Raises:
            SyntaxError: or ValueError, RecursionError, MemoryError: whatever `ast.parse` has against the text.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a string is the run's to tell
            tree = ast.parse(text.removeprefix("\ufeff"), file)
        way = file.removesuffix(".py").replace("\\", "/").strip("./").replace("/", ".")
        module = cls(way.removesuffix(".__init__"), file)
        for statement, alternative in _statements(tree.body):
            module._bind(statement, alternative=alternative)
        return module

    def meaning(self, expression: ast.expr) -> str | None:
        """The full dotted name that an expression such as `hw.config.when` stands for; None if it is no dotted name.

        Names that the module assigns from another dotted name are followed; builtins stand for themselves.
        """
        attributes: list[str] = []
        followed: set[str] = set()
        while True:
            if isinstance(expression, ast.Attribute):
                attributes.append(expression.attr)
                expression = expression.value
            elif not isinstance(expression, ast.Name) or expression.id in self.functions:
                return None
            elif expression.id in self.imports:
                return ".".join((self.imports[expression.id], *reversed(attributes)))
            elif expression.id in self.assigned and expression.id not in followed:
                followed.add(expression.id)
                expression = self.assigned[expression.id]
            else:
                return ".".join((expression.id, *reversed(attributes)))

    def _bind(self, statement: ast.stmt, *, alternative: bool) -> None:  # noqa: C901 - one case for each kind of statement
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._define(statement, alternative=alternative)
            case ast.Import():
                self._import(statement)
            case ast.ImportFrom():
                self._import_from(statement)
            case ast.Assign():
                for target in statement.targets:
                    self._assign(target, statement.value, alternative=alternative)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value, alternative=alternative)
            case ast.AugAssign(target=ast.Name(id=name)):
                self._rebind(name)
            case ast.ClassDef():
                self._rebind(statement.name)
                self.imports[statement.name] = f"{self.name}.{statement.name}"
            case ast.Delete(targets=targets):
                for name in (target.id for target in targets if isinstance(target, ast.Name)):
                    self._rebind(name)
            case _:
                pass

    def _define(self, function: FunctionNode, *, alternative: bool) -> None:
        earlier = self.functions.get(function.name)
        if earlier is not None:
            if alternative:
                return
            self.redefined.append((earlier, function))
        self._rebind(function.name)
        self.functions[function.name] = function

    def _import(self, statement: ast.Import) -> None:
        for alias in statement.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._rebind(name)
            self.imports[name] = alias.name if alias.asname else name

    def _import_from(self, statement: ast.ImportFrom) -> None:
        origin = "." * statement.level + (statement.module or "")
        for alias in statement.names:
            if alias.name == "*":
                self.stars.append(origin)
                continue
            name = alias.asname or alias.name
            self._rebind(name)
            self.imports[name] = f"{origin}.{alias.name}"

    def _assign(self, target: ast.expr, value: ast.expr, *, alternative: bool) -> None:
        if isinstance(target, ast.Name) and not (alternative and target.id in self.assigned):
            self._rebind(target.id)
            self.assigned[target.id] = value

    def _rebind(self, name: str) -> None:
        self.functions.pop(name, None)
        self.assigned.pop(name, None)
        self.imports.pop(name, None)


def followed(expression: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule]) -> tuple[ast.expr, SourceModule]:
    """What a name was assigned, and in which module: through other names, and from one module of the dataflow to another."""
    seen: set[tuple[str, str]] = set()
    while isinstance(expression, ast.Name | ast.Attribute):
        if isinstance(expression, ast.Name) and expression.id in module.assigned:
            name = expression.id
        else:
            origin, _, name = (module.meaning(expression) or "").rpartition(".")
            elsewhere = modules.get(origin.lstrip("."))
            if elsewhere is None or name not in elsewhere.assigned:
                break
            module = elsewhere
        if (module.name, name) in seen:
            break
        seen.add((module.name, name))
        expression = module.assigned[name]
    return expression, module


def _statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """All statements that run when the module does; True for those in a branch that excludes an earlier one."""
    waiting = [(statement, False) for statement in reversed(body)]
    while waiting:
        statement, alternative = waiting.pop()
        yield statement, alternative
        branches: list[tuple[Sequence[ast.stmt], bool]] = []
        match statement:
            case ast.If():
                branches = _if_branches(statement)
            case ast.Try() | ast.TryStar():
                handlers = [(handler.body, True) for handler in statement.handlers]
                branches = [(statement.body, False), (statement.orelse, False), *handlers, (statement.finalbody, False)]
            case ast.With() | ast.AsyncWith():
                branches = [(statement.body, False)]
            case ast.For() | ast.AsyncFor() | ast.While():
                branches = [(statement.body, False), (statement.orelse, False)]
            case ast.Match():
                branches = [(case.body, index > 0) for index, case in enumerate(statement.cases)]
            case _:
                pass
        for branch, excludes in reversed(branches):
            waiting.extend((inner, alternative or excludes) for inner in reversed(branch))


def _if_branches(statement: ast.If) -> list[tuple[Sequence[ast.stmt], bool]]:
    match statement.test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING") | ast.Constant(value=False | 0):
            return [(statement.orelse, False)]
        case ast.Compare(left=ast.Name(id="__name__")):
            return [(statement.orelse, False)]
        case ast.Constant():
            return [(statement.body, False)]
        case _:
            return [(statement.body, False), (statement.orelse, True)]
