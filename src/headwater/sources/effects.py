"""A statement's side effects according to its text: calls made while the module is executed, and changes to other values.

Only calls during the module's execution count: calls in decorators, defaults, class bodies and values, but not in function
bodies.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from headwater.sources.random_generators import is_seed, random_library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ValueKind = Literal["constant", "collection", "iterator", "call", "other"]
"""The kind of an assigned value: immutable; a list, dictionary or set; an iterator; the result of a call; anything else."""

CHANGING_METHODS: Final = frozenset(
    """
    add append appendleft clear discard extend extendleft insert pop popitem popleft remove reverse rotate send setdefault sort
    update write writelines __delitem__ __next__ __setitem__
    """.split()  # noqa: SIM905 - shorter than a list
)
"""Methods of collections, iterators and files that change the object itself."""
CHANGING_FUNCTIONS: Final = frozenset(
    """
    copyto delattr eval exec heapify heappop heappush heappushpop heapreplace iadd iconcat insort insort_left insort_right ior
    isub next place put putmask setattr shuffle
    """.split()  # noqa: SIM905 - shorter than a list
)
"""Functions in Python and in libraries that change an argument."""
RUNS_QUERIES: Final = frozenset({"eval", "execute", "query", "sql"})
"""Methods of pandas, polars and DuckDB that may read variables whose names occur in a string."""
COLLECTS_SUBCLASSES: Final = frozenset({"__init_subclass__", "__subclasses__", "metaclass"})
REACHES_ANY_MODULE: Final = frozenset({"__globals__", "f_globals", "import_module", "locate", "modules"})
"""Attributes and functions that let code access other code whose name is in a string."""
READS_SOURCE_TEXT: Final = frozenset(
    {"__code__", "__doc__", "co_firstlineno", "f_lineno", "findsource", "linecache"}
    | {"getcomments", "getdoc", "getsource", "getsourcelines"}
)
"""Names that give access to source text: docstrings, comments and line numbers."""
SPECIAL: Final = COLLECTS_SUBCLASSES | REACHES_ANY_MODULE | READS_SOURCE_TEXT
_SPECIAL: Final = re.compile("|".join(sorted(SPECIAL)))
_WRITES: Final = re.compile(
    r"\bopen\s*\([^)]*[\"'][rbt]*[wax+]"
    r"|\b(dump|makedirs|mkdir|rmdir|rmtree|save_\w+|savefig|savez?|savez_compressed|sink_\w+|symlink_to|touch|unlink|write_\w+)\s*\("
    r"|\bto_(csv|excel|feather|hdf|json|orc|parquet|pickle|sql|stata|xml)\s*\(\s*[^)\s]"
    r"|\b(shutil|subprocess)\.\w+\s*\(|\bos\.(system|popen|remove|rename|replace)\s*\("
)
"""Calls that may write files. If a match is wrong, downstream nodes rerun unnecessarily."""
_ITERATORS: Final = frozenset(
    {
        "DictReader",
        "chain",
        "count",
        "cycle",
        "enumerate",
        "filter",
        "islice",
        "iter",
        "map",
        "open",
        "reader",
        "reversed",
        "zip",
    }
)
_DEFERRED: Final = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.GeneratorExp)


class ImportTimeCall(NamedTuple):
    """A call that runs while the module is executed."""

    root: str | None
    """The first name of the callee: `REG` in `REG.parts.append`. None if the callee does not start with a name."""
    name: str
    """The last name of the callee: `append`."""
    is_method: bool
    argument_names: frozenset[str]
    """The names in the arguments."""
    is_in_place: bool
    """Whether the call has an `inplace` argument."""
    decorates: bool


class Effects(NamedTuple):
    """The effects of a statement besides binding its names, as far as its text shows."""

    calls: tuple[ImportTimeCall, ...] = ()
    value_kind: ValueKind = "other"
    callee: str | None = None
    """The first name of the function whose result is assigned."""
    bases: frozenset[str] = frozenset()
    """Names in the bases of a class."""
    augmented: frozenset[str] = frozenset()
    """Names with an augmented assignment, which changes mutable values in place: `COLUMNS += ["rate"]`."""
    draws: bool = False
    """Whether the statement draws from a global random generator when its module is executed."""
    seeds: bool = False
    """Whether the statement seeds a global random generator when its module is executed."""
    prints: bool = False
    """Whether the statement prints when its module is executed."""
    writes_files: bool = False
    """Whether the statement, or a function that it defines, may write files."""
    mentions: frozenset[str] = frozenset()
    """The names from `SPECIAL` that occur anywhere in the statement."""


_NO_EFFECTS: Final = Effects()


def effects_of(statement: ast.stmt, text: str) -> Effects:
    r"""Return the effects that a statement has when its module is executed.

    Args:
        statement: the statement.
        text: the text of the statement.

    >>> text = "@REG.register\ndef area(x): return sides(x)"
    >>> [call.root for call in effects_of(ast.parse(text).body[0], text).calls]
    ['REG']
    """
    effects = _effects(statement)
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef) and "random" in text:
        calls = [part for part in _running(statement) if isinstance(part, ast.Call) and random_library(part) is not None]
        seeds = [is_seed(call) for call in calls]
        effects = effects._replace(draws=not all(seeds), seeds=any(seeds))
    if _WRITES.search(text):
        effects = effects._replace(writes_files=True)
    return effects._replace(mentions=frozenset(_mentions(statement))) if _SPECIAL.search(text) else effects


def _effects(statement: ast.stmt) -> Effects:
    match statement:
        case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
            defaults = [default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None]
            decorated = tuple(_decorator(decorator) for decorator in statement.decorator_list)
            return Effects((*decorated, *_calls(defaults))) if decorated or defaults else _NO_EFFECTS
        case ast.ClassDef(bases=bases, keywords=keywords, body=body):
            base_names = frozenset(_names([*bases, *(keyword.value for keyword in keywords)]))
            decorated = tuple(_decorator(decorator) for decorator in statement.decorator_list)
            return Effects((*decorated, *_calls([*bases, *body])), bases=base_names)
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return Effects(tuple(_calls([value])), _value_kind(value), _callee_name(value))
        case ast.Import() | ast.ImportFrom():
            return Effects(value_kind="constant")
        case ast.AugAssign(value=value):
            return Effects(tuple(_calls([value])), _value_kind(value), augmented=_augmented(statement))
        case _:
            calls = tuple(_calls([statement]))
            return Effects(calls, augmented=_augmented(statement), prints=any(call.root == "print" for call in calls))


def _augmented(statement: ast.stmt) -> frozenset[str]:
    parts = (part for part in ast.walk(statement) if isinstance(part, ast.AugAssign))
    return frozenset(part.target.id for part in parts if isinstance(part.target, ast.Name))


def prints(expression: ast.expr) -> bool:
    """Return whether an expression is a call that only prints: `print(price)`."""
    match expression:
        case ast.Call(func=ast.Name(id="print"), keywords=keywords):
            return all(keyword.arg != "file" for keyword in keywords)
        case _:
            return False


def changes_anything(definition: ast.stmt) -> bool:
    """Return whether the body of a function or class changes any item, attribute, global variable or collection."""
    return any(map(_changes, ast.walk(definition)))


def _mentions(statement: ast.stmt) -> Iterator[str]:
    """Yield the names from `SPECIAL` that occur as attributes, imports, keywords or definitions.

    Variable names are ignored, except `__doc__`.
    """
    for part in ast.walk(statement):
        match part:
            case ast.Attribute(attr=name) | ast.FunctionDef(name=name) | ast.keyword(arg=str(name)) if name in SPECIAL:
                yield name
            case ast.alias(name=name) if name.rpartition(".")[2] in SPECIAL:
                yield name.rpartition(".")[2]
            case ast.Name(id="__doc__"):
                yield "__doc__"
            case _:
                pass


def _value_kind(value: ast.expr) -> ValueKind:
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return "collection"
        case ast.GeneratorExp():
            return "iterator"
        case ast.Call(func=callee):
            return "iterator" if _last(callee) in _ITERATORS else "call"
        case _:
            return "constant" if all(isinstance(part, _CONSTANT) for part in ast.walk(value)) else "other"


_CONSTANT: Final = (
    ast.Constant, ast.UnaryOp, ast.unaryop, ast.BinOp, ast.operator, ast.BoolOp, ast.boolop, ast.Compare, ast.cmpop,
    ast.Tuple, ast.JoinedStr, ast.FormattedValue, ast.expr_context,
)  # fmt: skip


def _callee_name(value: ast.expr) -> str | None:
    return _root(value.func) if isinstance(value, ast.Call) else None


def _calls(nodes: Sequence[ast.AST]) -> Iterator[ImportTimeCall]:
    return (_call(node, decorates=False) for node in _running(*nodes) if isinstance(node, ast.Call))


def _running(*nodes: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of nodes that run while the module is executed, excluding function bodies."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):  # a method in a class body
            pending += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif not isinstance(node, _DEFERRED):
            pending += ast.iter_child_nodes(node)


def _decorator(decorator: ast.expr) -> ImportTimeCall:
    if isinstance(decorator, ast.Call):
        return _call(decorator, decorates=True)
    return ImportTimeCall(_root(decorator), _last(decorator), isinstance(decorator, ast.Attribute), frozenset(), False, True)


def _call(call: ast.Call, *, decorates: bool) -> ImportTimeCall:
    argument_names = frozenset(_names([*call.args, *(keyword.value for keyword in call.keywords)]))
    is_in_place = any(keyword.arg == "inplace" for keyword in call.keywords)
    return ImportTimeCall(
        _root(call.func), _last(call.func), isinstance(call.func, ast.Attribute), argument_names, is_in_place, decorates
    )


def _root(callee: ast.expr) -> str | None:
    while isinstance(callee, ast.Attribute | ast.Subscript | ast.Call):
        callee = callee.func if isinstance(callee, ast.Call) else callee.value
    return callee.id if isinstance(callee, ast.Name) else None


def _last(callee: ast.expr) -> str:
    match callee:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Call(func=inner):
            return _last(inner)
        case _:
            return ""


def _names(nodes: list[ast.expr]) -> Iterator[str]:
    return (part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name))


def _changes(part: ast.AST) -> bool:
    match part:
        case ast.Global() | ast.Delete():
            return True
        case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()) | ast.AugAssign():
            return True
        case ast.Call(func=callee):
            name = _last(callee)
            return name in CHANGING_FUNCTIONS or (isinstance(callee, ast.Attribute) and name in CHANGING_METHODS)
        case _:
            return False
