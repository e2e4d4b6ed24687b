"""The functions that a program calls. These functions are imported from their modules or included in the program."""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from functools import partial
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

from headwater.errors import NotWritable
from headwater.introspection.callables import innermost
from headwater.introspection.source_location import source_location
from headwater.planning.module_texts import is_engine, texts_to_include
from headwater.sources.slices import Slice, slice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class CalledFunction(NamedTuple):
    """A function, and the arguments that `functools.partial` binds."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    keywords: tuple[tuple[str, Any], ...] = ()


def called_function(function: Callable[..., Any]) -> CalledFunction:
    """Return the function behind a partial, and the bound arguments. Any other callable is returned without arguments.

    >>> called_function(partial(pow, 2, mod=5))
    CalledFunction(function=<built-in function pow>, arguments=(2,), keywords=(('mod', 5),))
    """
    if isinstance(function, partial):
        return CalledFunction(function.func, function.args, tuple(function.keywords.items()))
    return CalledFunction(function)


class _Found(NamedTuple):
    """The module and the qualified name of a function."""

    module: str
    name: str


class ProgramFunctions:
    """The functions that a program calls, and the code that defines them.

    Args:
        functions: the functions that the program calls directly.
    """

    def __init__(self, functions: Iterable[Callable[..., Any]]) -> None:
        found = [_find(function) for function in functions]
        self._texts = texts_to_include([item.module for item in found if isinstance(item, _Found)])
        """The source code of each module that the program must include, or None if it is not available.

        Keyed by module name.
        """
        self._imported: set[str] = set()
        self._included: set[tuple[str, str]] = set()
        self.builtins: set[str] = set()
        """The names of the built-in functions to which the program refers."""
        self.file: str | None = None
        """The file of the included module that reads `__file__`. The program assigns this path to its own `__file__`."""
        self._codes: dict[str, frozenset[CodeType]] = {}

    @property
    def imports(self) -> list[str]:
        """The import statements for the functions to which the program refers."""
        return [f"import {module}" for module in sorted(self._imported)]

    def reference(self, function: Callable[..., Any]) -> str:
        """Return the expression for a function, and include or import its definition.

        Raises:
            NotWritable: a program cannot refer to the function.
        """
        found = _find(function)
        if isinstance(found, str):
            raise NotWritable(found)
        if found.module == builtins.__name__:
            self.builtins.add(found.name)
            return found.name
        if found.module not in self._texts:
            self._imported.add(found.module)
            return f"{found.module}.{found.name}"
        if self._texts[found.module] is None:
            raise NotWritable(
                f"it calls `{found.name}` from `{found.module}`, whose code is not in a file. Save the code as a module"
            )
        if not self._is_current(function, found.module):
            raise NotWritable(
                f"the text of the module `{found.module}` has changed since it was imported. Import it again in a new process"
            )
        self._included.add((found.module, found.name.partition(".")[0]))
        return found.name

    def _is_current(self, function: Callable[..., Any], module: str) -> bool:
        """Return True if a function's code is the same as in the source code of its module."""
        if module not in self._codes:
            text = inspect.getsource(sys.modules[module])
            self._codes[module] = frozenset(_code_objects(compile(text, module, "exec", dont_inherit=True)))
        code = getattr(innermost(function), "__code__", None)
        return code is None or code in self._codes[module]

    def slice(self, imports: dict[str, str]) -> Slice:
        """Return the code of the included functions. Classes in `imports` that must be included are moved to this code."""
        for name, statement in list(imports.items()):
            module = statement.split()[1]
            if module in self._texts:
                self._included.add((module, name))
                del imports[name]
        texts = {name: text for name, text in self._texts.items() if text is not None}
        _refuse_module_objects(texts)
        included = slice_of(texts, sorted(self._included), decorated=False)
        if "__file__" in included.names:
            self.file = _file_read_in(texts)
        return included


def _find(function: Callable[..., Any]) -> _Found | str:
    """Return the module and name of a function, or the reason why a program cannot refer to the function."""
    module = getattr(function, "__module__", None)
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", None)
    where = f" ({source_location(function)})" if type(function) is FunctionType else ""
    if not isinstance(module, str) or not isinstance(name, str):
        class_name = type(function).__name__
        return (
            f"it calls an object of class `{class_name}`, but a program can call only named functions. Use a function instead"
        )
    if name.endswith("<lambda>"):
        return f"it calls a lambda{where}. Define it with `def` at the top level of a module"
    if "<locals>" in name:
        return (
            f"it calls `{function.__name__}`{where}, which is defined inside a function. Move it to the top level of a module"
        )
    if is_engine(module):
        return f"it calls `{name}`, which is part of Headwater"
    if module not in sys.modules:
        return (
            f"it calls `{name}`{where} from the module `{module}`, which is not in `sys.modules`. "
            "Load the module with an `import` statement"
        )
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = getattr(found, part, None)
    if not _is_same(found, function):
        return f"it calls `{name}`{where}, but `{module}.{name}` is a different object. Give each function its own name"
    return _Found(module, name)


def _is_same(found: object, function: object) -> bool:
    """Return True for the same function, or a copy that a decorator created."""
    if found is function:
        return True
    if type(found) is not FunctionType or type(function) is not FunctionType:
        return False
    same_values = found.__defaults__ is function.__defaults__ and found.__closure__ is function.__closure__
    return found.__code__ is function.__code__ and same_values and found.__kwdefaults__ == function.__kwdefaults__


def _code_objects(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code_objects(constant)


def _file_read_in(texts: Mapping[str, str]) -> str:
    """Return the file of the only module that reads `__file__`.

    Raises:
        NotWritable: several modules read `__file__`.
    """
    readers = [name for name, text in texts.items() if "__file__" in text]
    if len(readers) > 1:
        listed = ", ".join(f"`{name}`" for name in readers)
        raise NotWritable(
            f"The modules {listed} read `__file__`, but a program has only one `__file__`. Use an input for the path."
        )
    return str(sys.modules[readers[0]].__file__)


def _refuse_module_objects(texts: Mapping[str, str]) -> None:
    """Raise `NotWritable` if an included module is imported as an object, because a single file cannot contain modules."""
    for name, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            for alias in node.names if isinstance(node, ast.ImportFrom) else ():
                if isinstance(node, ast.ImportFrom) and f"{node.module}.{alias.name}" in texts:
                    raise NotWritable(
                        f"The module `{name}` imports the module `{alias.name}`, and both have to be included in the program. "
                        f"Import the names instead: `from {node.module}.{alias.name} import ...`."
                    )
