"""`SourceModule`: one parsed file, what the names in it mean, and the functions that it defines."""

from __future__ import annotations

import ast
import operator
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from headwater.outline.changes import bound_names, changes_in
from headwater.outline.constant_values import Budget
from headwater.sources.syntax import parse

_STEPS_OF_A_MODULE: Final = 500_000
"""Steps for all constants of a module together."""
_OWNERS: Final = re.compile(r"\b(\w+)[\s\\]*\.")
_OVERLOADS: Final = frozenset({"typing.overload", "typing_extensions.overload"})

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True, eq=False)
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
    conditional: set[str] = field(default_factory=set[str])
    """The functions in branches of which only a run knows whether they are taken."""
    bound: Counter[str] = field(default_factory=Counter[str])
    """How often each name is bound at module level."""
    changed: set[str] = field(default_factory=set[str])
    """The names whose values some module of the dataflow changes in place."""
    before_star: dict[str, str] = field(default_factory=dict[str, str])
    """The names that a later `from ... import *` may bind again, with the module that it imports."""
    mentioned: frozenset[str] = frozenset()
    """The packages and modules at the top that it may speak of: what it imports, and names with a dot after them."""
    text: str = ""
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    is_opaque: bool = False
    """Whether code such as `globals()[name] = ...` may bind any name."""
    is_uncertain: bool = False
    """Whether a run may make something else of any of its functions than their text tells."""
    classes: dict[str, ast.ClassDef] = field(default_factory=dict[str, ast.ClassDef])
    typed_dicts: dict[str, Any] = field(default_factory=dict[str, Any])
    """The classes that were built from the text of a `TypedDict`, by name."""
    constants: dict[object, Any] = field(default_factory=dict[object, Any])
    """The values of names that were evaluated."""
    budget: Budget = field(default_factory=lambda: Budget(_STEPS_OF_A_MODULE))

    @classmethod
    def parse(cls, file: str, text: str) -> SourceModule:
        """Reads a file's text.

        Raises:
            SyntaxError: or ValueError, RecursionError, MemoryError: whatever `ast.parse` has against the text.
        """
        way = file.removesuffix(".py").replace("\\", "/").strip("./").replace("/", ".")
        name = way.removesuffix(".__init__")
        tree = parse(name, text)
        statements = list(_statements(tree.body))
        module = cls(
            name,
            file,
            text=text,
            tree=tree,
            bound=bound_names((statement for statement, _ in statements), has_globals="global" in text),
        )
        for statement, branch in statements:
            module._bind(statement, branch)
        # A name that nobody imported is read as that of a module, too.
        named = (*module.imports.values(), *module.stars, *_OWNERS.findall(text))
        module.mentioned = frozenset(map(top_of, named))
        return module

    def is_constant(self, name: str) -> bool:
        """Whether a name that the module assigns has the assigned value whenever it is read."""
        once = self.bound[name] == 1 and name in self.assigned
        return once and name not in self.changed and name not in self.before_star and not self.is_opaque

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

    def _bind(self, statement: ast.stmt, branch: Branch) -> None:  # noqa: C901 - one case for each kind of statement
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._define(statement, branch)
            case ast.Import():
                self._import(statement)
            case ast.ImportFrom():
                self._import_from(statement)
            case ast.Assign():
                for target in statement.targets:
                    self._assign(target, statement.value, branch)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value, branch)
            case ast.AugAssign(target=ast.Name(id=name)):
                self._rebind(name)
            case ast.ClassDef():
                self._rebind(statement.name)
                self.imports[statement.name] = f"{self.name}.{statement.name}"
                self.classes[statement.name] = statement
            case ast.Delete(targets=targets):
                for name in (target.id for target in targets if isinstance(target, ast.Name)):
                    self._rebind(name)
            case _:
                pass

    def _define(self, function: FunctionNode, branch: Branch) -> None:
        decorators = [self.meaning(one.func if isinstance(one, ast.Call) else one) or "" for one in function.decorator_list]
        if any(decorator in _OVERLOADS for decorator in decorators):
            return  # the definition after the overloads is the function
        earlier = self.functions.get(function.name)
        if earlier is not None and branch.is_alternative:
            return
        if branch.is_conditional:
            self.conditional.add(function.name)
        elif earlier is not None:
            self._redefine(earlier, function)
        self._rebind(function.name)
        self.functions[function.name] = function

    def _redefine(self, earlier: FunctionNode, function: FunctionNode) -> None:
        """Note that a function hides an earlier one, unless a decorator may have kept the earlier one on purpose."""
        decorators = [self.meaning(one.func if isinstance(one, ast.Call) else one) or "" for one in earlier.decorator_list]
        if all(one.startswith("headwater.") and not one.endswith(".mutate") for one in decorators):
            self.redefined.append((earlier, function))
        else:
            self.conditional.add(function.name)

    def _import(self, statement: ast.Import) -> None:
        for alias in statement.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._rebind(name)
            self.imports[name] = alias.name if alias.asname else name

    def _import_from(self, statement: ast.ImportFrom) -> None:
        origin = self._origin(statement)
        for alias in statement.names:
            if alias.name == "*":
                self.stars.append(origin)
                self.before_star.update(dict.fromkeys([*self.functions, *self.assigned, *self.imports], origin))
                continue
            name = alias.asname or alias.name
            self._rebind(name)
            self.imports[name] = f"{origin}.{alias.name}"

    def _origin(self, statement: ast.ImportFrom) -> str:
        """The module that an import names; a relative one as far as the place of this module in its package tells."""
        package = self.name.split(".")
        if not self.file.endswith("__init__.py"):
            package.pop()
        above = package[: len(package) - statement.level + 1] if 0 < statement.level <= len(package) else []
        if statement.level and not above:
            return "." * statement.level + (statement.module or "")
        return ".".join([*above, *([statement.module] if statement.module else [])])

    def _assign(self, target: ast.expr, value: ast.expr, branch: Branch) -> None:
        if not isinstance(target, ast.Name):
            return
        if target.id in self.functions and isinstance(value, ast.Call):  # `total = tag(unit="kg")(total)`
            self.conditional.add(target.id)
        elif not (branch.is_alternative and self._means_something(target.id)):
            self._rebind(target.id)
            self.assigned[target.id] = value

    def _means_something(self, name: str) -> bool:
        return name in self.assigned or name in self.imports or name in self.functions

    def _rebind(self, name: str) -> None:
        self.functions.pop(name, None)
        self.assigned.pop(name, None)
        self.imports.pop(name, None)
        self.before_star.pop(name, None)


def top_of(name: str) -> str:
    """The package at the top that a module is in: who imports a module may reach all of its package."""
    return name.lstrip(".").partition(".")[0]


def link(modules: Mapping[str, SourceModule]) -> None:
    """Find out which names of each module keep their values, whatever the modules do to one another."""
    for module in modules.values():
        changes = changes_in(module.tree, module.text, _changeable(module, modules))
        module.is_opaque = changes.is_opaque
        for name in changes.changed:
            first, *attributes = name.split(".")
            expression: ast.Name | ast.Attribute = ast.Name(first)
            for attribute in attributes:
                expression = ast.Attribute(expression, attribute)
            place = assignment(expression, module, modules)
            if place is not None:
                place[0].changed.add(place[1])
    for module in modules.values():
        for name, origin in list(module.before_star.items()):
            if not may_export(origin, name, modules):
                del module.before_star[name]


def _changeable(module: SourceModule, modules: Mapping[str, SourceModule]) -> Iterator[str]:
    """The names of a module whose values its functions could change in place: its own, and those of other modules."""
    for home in (module, *(modules[star] for star in module.stars if star in modules)):
        yield from (name for name, value in home.assigned.items() if not isinstance(value, ast.Constant))
    for name, meaning in module.imports.items():
        if meaning.lstrip(".") in modules or meaning.rpartition(".")[0].lstrip(".") in modules:
            yield name


def may_export(origin: str, name: str, modules: Mapping[str, SourceModule]) -> bool:
    """Whether `from origin import *` may bind a name."""
    if origin.partition(".")[0] == "headwater":
        return name in sys.modules["headwater"].__all__  # by import, the outline would depend on all of the engine
    module = modules.get(origin.lstrip("."))
    return module is None or name in module.bound or bool(module.stars) or module.is_opaque


def follow_assignments(
    expression: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule]
) -> tuple[ast.expr, SourceModule]:
    """What a name was assigned, and in which module: through other names, and from one module of the dataflow to another."""
    seen: set[tuple[str, str]] = set()
    while isinstance(expression, ast.Name | ast.Attribute):
        place = assignment(expression, module, modules)
        if place is None or (place[0].name, place[1]) in seen:
            break
        module, name = place
        seen.add((module.name, name))
        expression = module.assigned[name]
    return expression, module


def assignment(
    expression: ast.Name | ast.Attribute, module: SourceModule, modules: Mapping[str, SourceModule]
) -> tuple[SourceModule, str] | None:
    """The module and the name under which the value of a name was assigned; None where it was not, or elsewhere."""
    if isinstance(expression, ast.Name):
        if expression.id in module.assigned:
            return module, expression.id
        if module.stars and expression.id not in module.bound and not expression.id.startswith("_"):
            origins = [modules.get(star.lstrip(".")) for star in module.stars if may_export(star, expression.id, modules)]
            origin = origins[-1] if origins else None
            if origin is not None and expression.id in origin.assigned and "__all__" not in origin.bound:
                return origin, expression.id
    owner, _, name = (module.meaning(expression) or "").rpartition(".")
    elsewhere = modules.get(owner.lstrip("."))
    return (elsewhere, name) if elsewhere is not None and name in elsewhere.assigned else None


# --- statements that run ----------------------------------------------------------------------------------------------


class Branch(NamedTuple):
    """Where a statement is written."""

    is_alternative: bool = False
    """Whether it is in a branch that excludes an earlier one."""
    is_conditional: bool = False
    """Whether only a run knows if it is reached, or how often."""


_ALWAYS: Final = Branch()
_COMPOUND: Final = (
    *(ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith),
    *(ast.For, ast.AsyncFor, ast.While, ast.Match),
)


def _statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, Branch]]:
    """All statements that may run when the module does."""
    waiting = [(statement, _ALWAYS) for statement in reversed(body)]
    while waiting:
        statement, branch = waiting.pop()
        yield statement, branch
        if not isinstance(statement, _COMPOUND):
            continue
        for inner, there in reversed(list(_branches(statement))):
            combined = Branch(branch.is_alternative or there.is_alternative, branch.is_conditional or there.is_conditional)
            waiting.extend((one, combined) for one in reversed(inner))


def _branches(statement: ast.stmt) -> Iterator[tuple[Sequence[ast.stmt], Branch]]:
    maybe, instead = Branch(is_conditional=True), Branch(is_alternative=True, is_conditional=True)
    match statement:
        case ast.If(test=test, body=body, orelse=otherwise):
            holds = _condition_value(test)
            if holds is not False:
                yield body, Branch() if holds else maybe
            if not holds:
                yield otherwise, Branch() if holds is False else instead
        case ast.Try() | ast.TryStar():
            yield statement.body, maybe if statement.handlers else Branch()
            yield statement.orelse, maybe
            yield from ((handler.body, instead) for handler in statement.handlers)
            yield statement.finalbody, Branch()
        case ast.With() | ast.AsyncWith():
            yield statement.body, Branch()
        case ast.For() | ast.AsyncFor() | ast.While():
            yield from ((inner, maybe) for inner in (statement.body, statement.orelse))
        case ast.Match(cases=cases):
            yield from ((case.body, instead if index else maybe) for index, case in enumerate(cases))
        case _:
            pass


_COMPARISONS: Final = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}


def _condition_value(test: ast.expr) -> bool | None:
    """Whether a condition holds in a module that is imported by this Python; None where only a run knows."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            decided = _condition_value(operand)
            return None if decided is None else not decided
        case ast.Constant(value=value):
            return bool(value)
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()]):
            return False
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.NotEq()]):
            return True
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="sys"), attr="version_info"),
            ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE() as sign],
            comparators=[ast.Tuple(elts=parts)],
        ):
            numbers = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, int)]
            return _COMPARISONS[type(sign)](sys.version_info, tuple(numbers)) if len(numbers) == len(parts) else None
        case _:
            return None
