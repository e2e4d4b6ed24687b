"""`SourceModule`: a parsed file with its functions and the definitions of its names."""

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

_MAX_STEPS: Final = 500_000
"""The maximum number of steps for all constants in a module."""
_OWNERS: Final = re.compile(r"\b(\w+)[\s\\]*\.")
_OVERLOADS: Final = frozenset({"typing.overload", "typing_extensions.overload"})

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True, eq=False)
class SourceModule:
    """The module-level names in a file, read from its text.

    Statements in `if`, `try`, `with`, `for`, `while` and `match` are included, because importing the module may run them. If
    exclusive branches define the same name, the first definition is used. The bodies of `if TYPE_CHECKING:` and
    `if __name__ == "__main__":` are omitted, because importing the module never runs them.
    """

    name: str
    """The name under which other modules import this module: `flows.prices`."""
    file: str
    functions: dict[str, FunctionNode] = field(default_factory=dict[str, FunctionNode])
    """The functions, keyed by name, in source order. If a name is bound again, the last binding counts."""
    imports: dict[str, str] = field(default_factory=dict[str, str])
    """The full names of imported names and of classes: `{"pd": "pandas", "tag": "headwater.tag"}`."""
    stars: list[str] = field(default_factory=list[str])
    """The modules whose names are imported with a star (`from headwater import *`)."""
    assigned: dict[str, ast.expr] = field(default_factory=dict[str, ast.expr])
    """Module-level names with the expressions that are assigned to them."""
    redefined: list[tuple[FunctionNode, FunctionNode]] = field(default_factory=list[tuple[FunctionNode, FunctionNode]])
    """Pairs of a function and the later definition of the same name that replaces it."""
    conditional: set[str] = field(default_factory=set[str])
    """The functions in branches that might not be taken."""
    bound: Counter[str] = field(default_factory=Counter[str])
    """The number of times that each name is bound at module level."""
    changed: set[str] = field(default_factory=set[str])
    """The names whose values a module in the dataflow changes in place."""
    before_star: dict[str, str] = field(default_factory=dict[str, str])
    """The names that a later star import may rebind, each with the module that the star import reads."""
    mentioned: frozenset[str] = frozenset()
    """The top-level packages and modules to which the module may refer: imports, and names before a dot."""
    text: str = ""
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    is_opaque: bool = False
    """Whether code such as `globals()[name] = ...` may bind any name."""
    is_uncertain: bool = False
    """Whether any of the module's functions may differ at run time, because `mutate` may change them."""
    classes: dict[str, ast.ClassDef] = field(default_factory=dict[str, ast.ClassDef])
    typed_dicts: dict[str, Any] = field(default_factory=dict[str, Any])
    """The `TypedDict` classes that were built from the text, keyed by name."""
    constants: dict[object, Any] = field(default_factory=dict[object, Any])
    """The values of evaluated names."""
    budget: Budget = field(default_factory=lambda: Budget(_MAX_STEPS))

    @classmethod
    def parse(cls, file: str, text: str) -> SourceModule:
        """Parse the text of a file.

        Raises:
            SyntaxError, ValueError, RecursionError, MemoryError: the text is not valid Python, or Python cannot parse it.
        """
        path = file.removesuffix(".py").replace("\\", "/").strip("./").replace("/", ".")
        name = path.removesuffix(".__init__")
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
        # Include every name before a dot, because a name that is not imported may also refer to a module.
        names = (*module.imports.values(), *module.stars, *_OWNERS.findall(text))
        module.mentioned = frozenset(map(top_of, names))
        return module

    def is_constant(self, name: str) -> bool:
        """Return whether a name that the module assigns always has the assigned value."""
        is_bound_once = self.bound[name] == 1 and name in self.assigned
        return is_bound_once and name not in self.changed and name not in self.before_star and not self.is_opaque

    def full_name(self, expression: ast.expr) -> str | None:
        """Return the full name of an expression such as `hw.config.when`, or None if it is not a dotted name.

        Names that are assigned from another dotted name are resolved. Builtins are returned unchanged.
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
        names = [
            self.full_name(decorator.func if isinstance(decorator, ast.Call) else decorator) or ""
            for decorator in function.decorator_list
        ]
        if any(name in _OVERLOADS for name in names):
            return  # the function is defined after its overloads
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
        """Record that a function replaces an earlier function, unless a decorator may have registered the earlier function."""
        names = [
            self.full_name(decorator.func if isinstance(decorator, ast.Call) else decorator) or ""
            for decorator in earlier.decorator_list
        ]
        if all(name.startswith("headwater.") and not name.endswith(".mutate") for name in names):
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
        """Return the module from which a statement imports. Resolve a relative import if this module's package is known."""
        package = self.name.split(".")
        if not self.file.endswith("__init__.py"):
            package.pop()
        parents = package[: len(package) - statement.level + 1] if 0 < statement.level <= len(package) else []
        if statement.level and not parents:
            return "." * statement.level + (statement.module or "")
        return ".".join([*parents, *([statement.module] if statement.module else [])])

    def _assign(self, target: ast.expr, value: ast.expr, branch: Branch) -> None:
        if not isinstance(target, ast.Name):
            return
        if target.id in self.functions and isinstance(value, ast.Call):  # `total = tag(unit="kg")(total)`
            self.conditional.add(target.id)
        elif not (branch.is_alternative and self._is_bound(target.id)):
            self._rebind(target.id)
            self.assigned[target.id] = value

    def _is_bound(self, name: str) -> bool:
        return name in self.assigned or name in self.imports or name in self.functions

    def _rebind(self, name: str) -> None:
        self.functions.pop(name, None)
        self.assigned.pop(name, None)
        self.imports.pop(name, None)
        self.before_star.pop(name, None)


def top_of(name: str) -> str:
    """Return the top-level package of a module. Importing a module gives access to its whole package."""
    return name.lstrip(".").partition(".")[0]


def link(modules: Mapping[str, SourceModule]) -> None:
    """Find the constant names in each module, taking into account changes by other modules."""
    for module in modules.values():
        changes = changes_in(module.tree, module.text, _changeable(module, modules))
        module.is_opaque = changes.is_opaque
        for name in changes.changed:
            first, *attributes = name.split(".")
            expression: ast.Name | ast.Attribute = ast.Name(first)
            for attribute in attributes:
                expression = ast.Attribute(expression, attribute)
            assigned = assignment(expression, module, modules)
            if assigned is not None:
                assigned[0].changed.add(assigned[1])
    for module in modules.values():
        for name, origin in list(module.before_star.items()):
            if not may_export(origin, name, modules):
                del module.before_star[name]


def _changeable(module: SourceModule, modules: Mapping[str, SourceModule]) -> Iterator[str]:
    """Yield the names that a module's functions could change in place: the module's own names, and imported names."""
    for owner in (module, *(modules[star] for star in module.stars if star in modules)):
        yield from (name for name, value in owner.assigned.items() if not isinstance(value, ast.Constant))
    for name, full_name in module.imports.items():
        if full_name.lstrip(".") in modules or full_name.rpartition(".")[0].lstrip(".") in modules:
            yield name


def may_export(origin: str, name: str, modules: Mapping[str, SourceModule]) -> bool:
    """Return whether `from origin import *` may bind a name."""
    if origin.partition(".")[0] == "headwater":
        return name in sys.modules["headwater"].__all__  # an import statement would make the outline depend on the whole engine
    module = modules.get(origin.lstrip("."))
    return module is None or name in module.bound or bool(module.stars) or module.is_opaque


def follow_assignments(
    expression: ast.expr, module: SourceModule, modules: Mapping[str, SourceModule]
) -> tuple[ast.expr, SourceModule]:
    """Return the expression that is assigned to a name, and its module.

    If that expression is a name, the assignment to that name is followed, even in another module.
    """
    seen: set[tuple[str, str]] = set()
    while isinstance(expression, ast.Name | ast.Attribute):
        origin = assignment(expression, module, modules)
        if origin is None or (origin[0].name, origin[1]) in seen:
            break
        module, name = origin
        seen.add((module.name, name))
        expression = module.assigned[name]
    return expression, module


def assignment(
    expression: ast.Name | ast.Attribute, module: SourceModule, modules: Mapping[str, SourceModule]
) -> tuple[SourceModule, str] | None:
    """Return the module that assigns a name's value, and the name in that module. None if there is no such module."""
    if isinstance(expression, ast.Name):
        if expression.id in module.assigned:
            return module, expression.id
        if module.stars and expression.id not in module.bound and not expression.id.startswith("_"):
            origins = [modules.get(star.lstrip(".")) for star in module.stars if may_export(star, expression.id, modules)]
            origin = origins[-1] if origins else None
            if origin is not None and expression.id in origin.assigned and "__all__" not in origin.bound:
                return origin, expression.id
    owner, _, name = (module.full_name(expression) or "").rpartition(".")
    other = modules.get(owner.lstrip("."))
    return (other, name) if other is not None and name in other.assigned else None


# --- statements that run ----------------------------------------------------------------------------------------------


class Branch(NamedTuple):
    """The branch that contains a statement."""

    is_alternative: bool = False
    """Whether the branch and an earlier branch are mutually exclusive."""
    is_conditional: bool = False
    """Whether the branch may run more than once or not at all."""


_ALWAYS: Final = Branch()
_COMPOUND: Final = (
    *(ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith),
    *(ast.For, ast.AsyncFor, ast.While, ast.Match),
)


def _statements(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, Branch]]:
    """Yield all statements that may run when the module is imported."""
    pending = [(statement, _ALWAYS) for statement in reversed(body)]
    while pending:
        statement, branch = pending.pop()
        yield statement, branch
        if not isinstance(statement, _COMPOUND):
            continue
        for inner, inner_branch in reversed(list(_branches(statement))):
            combined = Branch(
                branch.is_alternative or inner_branch.is_alternative, branch.is_conditional or inner_branch.is_conditional
            )
            pending.extend((inner_statement, combined) for inner_statement in reversed(inner))


def _branches(statement: ast.stmt) -> Iterator[tuple[Sequence[ast.stmt], Branch]]:
    conditional, alternative = Branch(is_conditional=True), Branch(is_alternative=True, is_conditional=True)
    match statement:
        case ast.If(test=test, body=body, orelse=otherwise):
            holds = _condition_value(test)
            if holds is not False:
                yield body, Branch() if holds else conditional
            if not holds:
                yield otherwise, Branch() if holds is False else alternative
        case ast.Try() | ast.TryStar():
            yield statement.body, conditional if statement.handlers else Branch()
            yield statement.orelse, conditional
            yield from ((handler.body, alternative) for handler in statement.handlers)
            yield statement.finalbody, Branch()
        case ast.With() | ast.AsyncWith():
            yield statement.body, Branch()
        case ast.For() | ast.AsyncFor() | ast.While():
            yield from ((inner, conditional) for inner in (statement.body, statement.orelse))
        case ast.Match(cases=cases):
            yield from ((case.body, alternative if index else conditional) for index, case in enumerate(cases))
        case _:
            pass


_COMPARISONS: Final = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}


def _condition_value(test: ast.expr) -> bool | None:
    """Return whether a condition holds when this Python version imports the module, or None if that is unknown."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            holds = _condition_value(operand)
            return None if holds is None else not holds
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
