"""The module-level names that a statement reads and binds, found in its syntax.

Python's scoping rules apply: a parameter or a local variable shadows a function of the same name. Sometimes the syntax
does not determine the scope of a name, as in a class body that reads a name and may also bind it. The name is then treated as
read from the module, because an extra dependency is harmless.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Literal

from headwater.sources.effects import RUNS_QUERIES
from headwater.sources.words import identifiers

ScopeKind = Literal["module", "class", "function", "comprehension"]


@dataclass(frozen=True, slots=True)
class Names:
    """The module-level names that a statement reads and binds."""

    reads: frozenset[str]
    binds: frozenset[str]
    in_queries: frozenset[str] = frozenset()
    """Words in strings, if the statement runs queries. The words may be names: `prices.query("price > @LIMIT")`."""


@dataclass(slots=True)
class _LexicalScope:
    kind: ScopeKind
    parent: _LexicalScope | None
    bound: set[str] = field(default_factory=set[str])
    reads: set[str] = field(default_factory=set[str])
    module_level: set[str] = field(default_factory=set[str])
    outer: set[str] = field(default_factory=set[str])

    def bind(self, name: str) -> None:
        if name not in self.module_level and name not in self.outer:
            self.bound.add(name)

    def reaches_module(self, name: str) -> bool:
        """Return whether a read of `name` in this scope may refer to the module."""
        if name in self.module_level:
            return True
        scope: _LexicalScope | None = self
        while scope is not None and scope.kind != "module":
            if scope.kind != "class" and name in scope.bound:
                return False
            scope = scope.parent
        return True


def names_of(statement: ast.stmt) -> Names:
    """Return the names that a module-level statement reads from its module and binds in it.

    >>> names = names_of(ast.parse("def total(price): return price * RATE").body[0])
    >>> sorted(names.reads), sorted(names.binds)
    (['RATE'], ['total'])
    """
    collector = _NameCollector()
    collector.read(statement)
    reads: set[str] = set()
    for scope in collector.scopes:
        reads.update(name for name in scope.reads if scope.reaches_module(name))
    return Names(frozenset(reads), frozenset(collector.module.bound), collector.names_in_queries())


class _NameCollector:
    """Collects the names in a statement, without recursion, because source text may be nested to any depth."""

    def __init__(self) -> None:
        self.module = _LexicalScope("module", None)
        self.scopes = [self.module]
        self._pending: list[tuple[ast.AST, _LexicalScope]] = []
        self._texts: list[str] = []
        self._runs_queries = False

    def names_in_queries(self) -> frozenset[str]:
        """Return the words in strings, except names that an inner scope binds. Empty if no query is run."""
        if not self._runs_queries:
            return frozenset()
        words = frozenset(word for text in self._texts for word in identifiers(text))
        return words.difference(*(scope.bound for scope in self.scopes[1:]))

    def read(self, statement: ast.stmt) -> None:
        self._pending.append((statement, self.module))
        while self._pending:
            self._visit(*self._pending.pop())

    def _later(self, scope: _LexicalScope, *nodes: ast.AST | None) -> None:
        self._pending.extend((node, scope) for node in nodes if node is not None)

    def _open(self, kind: ScopeKind, parent: _LexicalScope) -> _LexicalScope:
        scope = _LexicalScope(kind, parent)
        self.scopes.append(scope)
        return scope

    def _visit(self, node: ast.AST, scope: _LexicalScope) -> None:  # noqa: C901, PLR0912 - one case for each kind of syntax
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                scope.reads.add(name)
            case ast.Name(id=name, ctx=context):
                # An assignment or a deletion makes the name local.
                scope.bind(name)
                if isinstance(context, ast.Del):
                    scope.reads.add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node, scope)
            case ast.Lambda(args=arguments, body=body):
                self._later(self._arguments(arguments, scope, "function"), body)
            case ast.ClassDef():
                scope.bind(node.name)
                outside = self._with_type_parameters(node, scope)
                self._later(scope, *node.decorator_list)
                self._later(outside, *node.bases, *node.keywords)
                self._later(self._open("class", outside), *node.body)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self._comprehension(node, scope)
            case ast.NamedExpr(target=target, value=value):
                holder = scope
                while holder.kind == "comprehension" and holder.parent is not None:
                    holder = holder.parent
                self._later(holder, target)
                self._later(scope, value)
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    if alias.name != "*":
                        scope.bind(alias.asname or alias.name.partition(".")[0])
            case ast.Global(names=names):
                scope.module_level.update(names)
                scope.bound.difference_update(names)
            case ast.Nonlocal(names=names):
                scope.outer.update(names)
                scope.bound.difference_update(names)
            case _:
                self._other(node, scope)

    def _other(self, node: ast.AST, scope: _LexicalScope) -> None:
        match node:
            case ast.AnnAssign(annotation=annotation):
                self._annotation(annotation, scope)
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                scope.bind(name)
            case ast.AugAssign(target=ast.Name(id=name)):
                scope.reads.add(name)
            case ast.Constant(value=str(text)):
                self._texts.append(text)
            case ast.Attribute(attr=name) if name in RUNS_QUERIES:
                self._runs_queries = True
            case _:
                pass
        self._later(scope, *ast.iter_child_nodes(node))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: _LexicalScope) -> None:
        scope.bind(node.name)
        self._later(scope, *node.decorator_list)
        outside = self._with_type_parameters(node, scope)
        if node.returns is not None:
            self._annotation(node.returns, outside)
            self._later(outside, node.returns)
        self._later(self._arguments(node.args, outside, "function"), *node.body)

    def _arguments(self, arguments: ast.arguments, scope: _LexicalScope, kind: ScopeKind) -> _LexicalScope:
        inside = self._open(kind, scope)
        self._later(scope, *arguments.defaults, *arguments.kw_defaults)
        singles = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *singles):
            inside.bind(argument.arg)
            if argument.annotation is not None:
                self._annotation(argument.annotation, scope)
                self._later(scope, argument.annotation)
        return inside

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: _LexicalScope) -> None:
        inside = self._open("comprehension", scope)
        first, *rest = node.generators
        # The first iterable is evaluated outside the comprehension.
        self._later(scope, first.iter)
        self._later(inside, first.target, *first.ifs, *rest)
        if isinstance(node, ast.DictComp):
            self._later(inside, node.key, node.value)
        else:
            self._later(inside, node.elt)

    def _with_type_parameters(self, node: ast.AST, scope: _LexicalScope) -> _LexicalScope:
        """Return the scope of type parameters (`def first[T](...)`, Python 3.12), or `scope` if there are none."""
        parameters: list[ast.AST] = getattr(node, "type_params", [])
        if not parameters:
            return scope
        inside = self._open("function", scope)
        for parameter in parameters:
            inside.bind(getattr(parameter, "name", ""))
            self._later(inside, *ast.iter_child_nodes(parameter))
        return inside

    def _annotation(self, annotation: ast.expr, scope: _LexicalScope) -> None:
        """Visit the quoted parts of an annotation, such as `list["Price"]`."""
        for part in ast.walk(annotation):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                try:
                    quoted = ast.parse(part.value, mode="eval")
                except (SyntaxError, ValueError):
                    continue
                self._later(scope, quoted.body)
