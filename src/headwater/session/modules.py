"""The modules in a session, loaded from text. After an edit, only changed code is executed again.

A statement is executed again only if its fingerprint has changed. If a function is edited, classes keep their identity, and
tables that a module reads during import are not read again. Function definitions and imports are always executed, because this
is fast and updates the line numbers of functions. An unchanged function with a user-defined decorator is not executed again,
because the decorator may have registered the function. A module with statements that do more than bind names
(`pandas.set_option(...)`, `COLUMNS += [...]`) is executed as a whole after any change, except its unchanged classes.

A module stays loaded if neither the module nor a module that it imports has changed. Its functions keep their identity.
"""

from __future__ import annotations
import __future__

import ast
import importlib
import importlib.abc
import importlib.util
import linecache
import os
import sys
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from headwater.session.line_numbers import function_codes, update_line_numbers
from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Generator, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType

    from headwater.session.code import Code
    from headwater.sources.statements import Statement

_MODULE_ATTRIBUTES = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__builtins__")


_Bindings = dict[str, Any]
"""The values that a statement bound, keyed by name."""


@dataclass(slots=True)
class _Loaded:
    """A module and its latest execution."""

    module: ModuleType
    source: str
    fingerprint: str
    bindings: dict[str, _Bindings]
    """The bindings of each statement, keyed by the statement's stamp."""


@dataclass(slots=True)
class Modules:
    """A loader for the modules in a directory."""

    directory: Path
    on_change: Callable[[str], None] = lambda _: None
    """Called with a module's name before the module's functions can change."""
    _loaded: dict[str, _Loaded] = field(default_factory=dict[str, _Loaded])
    _programs: dict[str, tuple[str, list[CodeType]]] = field(default_factory=dict[str, "tuple[str, list[CodeType]]"])
    """The latest source code and compiled statements of each module.

    Cached, because a module is executed more often than it changes.
    """

    def load(self, code: Code) -> list[ModuleType]:
        """Return the modules. Execute those that are new or changed. Call this inside `importable`.

        Raises:
            Exception: any exception that a module raises while it is executed.
        """
        removed = self._loaded.keys() - code.sources.keys()
        for name in removed:
            self._forget(name)
            sys.modules.pop(name, None)
        changed = {name for name in code.sources if self._is_changed(name, code)}
        if changed:
            affected = code.affected_by({*changed, *removed})
            for name, source in code.sources.items():
                self._update_linecache(name, source)
                if name in changed or not self._is_reusable(name, code, affected):
                    self._invalidate(name)
                    sys.modules.pop(name, None)
            with _first_on_meta_path(_Loader(self, code)):
                for name in code.sources:
                    importlib.import_module(name)
        return [self._loaded[name].module for name in code.sources]

    @contextmanager
    def importable(self, names: Iterable[str]) -> Generator[None]:
        """Make the modules with these names importable, and use the directory as the working directory."""
        session_names = {*names, *self._loaded}
        hidden = {name: sys.modules.pop(name) for name in session_names & sys.modules.keys()}
        sys.modules.update({name: loaded.module for name, loaded in self._loaded.items()})
        working_directory = _working_directory()
        os.chdir(self.directory)
        try:
            yield
        finally:
            for name in session_names:
                sys.modules.pop(name, None)
            sys.modules.update(hidden)
            if working_directory is not None:
                with suppress(OSError):  # the directory was deleted in the meantime
                    os.chdir(working_directory)

    def close(self) -> None:
        """Forget all modules."""
        for name in list(self._loaded):
            self._forget(name)

    def path(self, name: str) -> str:
        """Return the path of a module's file."""
        return str(self.directory / f"{name}.py")

    def _invalidate(self, name: str) -> None:
        """Treat a module as changed until its execution succeeds, even if the execution of another module fails first."""
        self.on_change(name)
        if (loaded := self._loaded.get(name)) is not None:
            loaded.source = loaded.fingerprint = ""

    def _forget(self, name: str) -> None:
        self.on_change(name)
        del self._loaded[name]
        self._programs.pop(name, None)
        linecache.cache.pop(self.path(name), None)

    def _update_linecache(self, name: str, source: str) -> None:
        """Let tracebacks and `inspect` see the current lines. `linecache` does not check entries without a timestamp."""
        lines = [f"{line}\n" for line in source.split("\n")]
        linecache.cache[self.path(name)] = (len(source), None, lines, self.path(name))

    def _is_changed(self, name: str, code: Code) -> bool:
        loaded = self._loaded.get(name)
        if loaded is None or not code.state.is_empty:  # in every run, state starts from its initial value
            return True
        return loaded.source != code.sources[name] or loaded.fingerprint != code.stamp_of_module(name)

    def _is_reusable(self, name: str, code: Code, affected: Container[str]) -> bool:
        """Return whether an unchanged module stays loaded. Its side effects must not happen twice.

        Args:
            name: the name of the module.
            code: the current code.
            affected: the modules that a changed module may affect.
        """
        if any(code.has_side_effects(statement) for statement in code.statements(name)):
            return True
        # A program is not cached if the compiler issued a warning. The module is then compiled again to repeat the warning.
        return name not in affected and self._programs.get(name, ("",))[0] == code.sources[name]

    def module(self, name: str) -> ModuleType | None:
        """Return the module object that was loaded under a name, ready to be executed again. None if there is none."""
        loaded = self._loaded.get(name)
        if loaded is None:
            return None
        # The import system reads attributes before the module is executed. The module's previous `__getattr__` must not handle
        # these reads.
        vars(loaded.module).pop("__getattr__", None)
        return loaded.module

    def execute(self, module: ModuleType, code: Code) -> None:
        """Execute the changed statements in a module. If a statement raises, restore the module's previous names."""
        name, namespace = module.__name__, vars(module)
        loaded = self._loaded.setdefault(name, _Loaded(module, "", "", {}))
        self._invalidate(name)
        before = dict(namespace)
        preserved = {attribute: namespace[attribute] for attribute in _MODULE_ATTRIBUTES if attribute in namespace}
        namespace.clear()
        namespace.update(preserved, __doc__=ast.get_docstring(parse(name, code.sources[name])))
        try:
            bindings = self._execute(namespace, loaded.bindings, code.statements(name), code)
        except BaseException:
            # Restore the previous names. Values from the latest successful run may need them, for example in their `repr`.
            # New names stay until the next execution, because messages suggest them.
            namespace.update(before)
            raise
        loaded.bindings, loaded.source, loaded.fingerprint = bindings, code.sources[name], code.stamp_of_module(name)

    def _execute(
        self, namespace: dict[str, Any], before: dict[str, _Bindings], statements: Sequence[Statement], code: Code
    ) -> dict[str, _Bindings]:
        """Execute the changed statements. Return the bindings of all statements, keyed by stamp.

        `before` contains the previous bindings. The new bindings are added to it, including those before a statement that
        fails.
        """
        executes_all = any(code.has_side_effects(statement) for statement in statements) or code.reloads_everything
        programs = self._compile(namespace["__name__"], statements, code)
        codes = function_codes(programs) if before else {}
        bindings: dict[str, _Bindings] = {}
        for statement, program in zip(statements, programs, strict=True):
            stamp = code.stamp(statement)
            if stamp in before and not code.is_always_executed(statement) and (statement.defines_class or not executes_all):
                update_line_numbers(before[stamp].values(), codes)
                namespace.update(before[stamp])
            else:
                exec(program, namespace)  # noqa: S102 - a session runs the user's code
            if statement.defines_function:
                _move_to_end(namespace, statement.binds)
            before[stamp] = bindings[stamp] = {name: namespace[name] for name in statement.binds if name in namespace}
        return bindings

    def _compile(self, name: str, statements: Sequence[Statement], code: Code) -> list[CodeType]:
        source = code.sources[name]
        cached = self._programs.get(name)
        if cached is not None and cached[0] == source:
            return cached[1]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                programs = self._compile_statements(name, statements)
        except SyntaxError:  # do not cache the program: the compiler must issue its warning at every execution of the module
            return self._compile_statements(name, statements)
        self._programs[name] = source, programs
        return programs

    def _compile_statements(self, name: str, statements: Sequence[Statement]) -> list[CodeType]:
        flags = _future_flags(statements)
        return [
            compile(ast.Module([statement.node], []), self.path(name), "exec", flags, dont_inherit=True)
            for statement in statements
        ]


def _move_to_end(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Move names to the end of a namespace. Otherwise, a redefined name would keep its old position."""
    for name in names:
        if name in namespace:
            namespace[name] = namespace.pop(name)


@dataclass(frozen=True, slots=True)
class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A finder and loader that handles only the session's modules."""

    modules: Modules
    code: Code

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if fullname not in self.code.sources:
            return None
        return importlib.util.spec_from_file_location(fullname, self.modules.path(fullname), loader=self)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.modules.module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        self.modules.execute(module, self.code)


@contextmanager
def _first_on_meta_path(finder: _Loader) -> Generator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def _future_flags(statements: Sequence[Statement]) -> int:
    """Return the compiler flags for the `from __future__ import ...` statements in a module."""
    flags = 0
    for statement in statements:
        for target in statement.imports:
            if target.module == "__future__" and target.name in __future__.all_feature_names:
                flags |= getattr(__future__, target.name).compiler_flag
    return flags


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the folder was deleted
        return None
