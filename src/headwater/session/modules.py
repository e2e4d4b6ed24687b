"""The modules of a session: loaded from text, again and again, as little of them as an edit asks for.

A statement is executed again only when its fingerprint has changed. So a class keeps its identity, and a table that a
module reads while it is imported is not read again, when somebody edits another function. Functions and imports are
always made anew: that costs nothing, and they know the lines on which they stand now. (Not so a function with a decorator
that the user wrote, who may have noted the function somewhere.) A module with statements that do more than bind names
(`pandas.set_option(...)`, `COLUMNS += [...]`) is executed as a whole when any of it has changed, all but its unchanged classes.
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

from headwater.session.line_numbers import function_codes, move
from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType

    from headwater.session.code import Code
    from headwater.sources.statements import Statement

_MODULE_ATTRIBUTES = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__builtins__")


_Bindings = dict[str, Any]
"""Values by the names that a statement bound."""


@dataclass(slots=True)
class _Loaded:
    """A module as it was executed last."""

    module: ModuleType
    source: str
    fingerprint: str
    made: dict[str, _Bindings]
    """What a statement bound, by the statement's stamp."""


@dataclass(slots=True)
class Modules:
    """Loads the modules that stand in a directory."""

    directory: Path
    _loaded: dict[str, _Loaded] = field(default_factory=dict[str, _Loaded])
    _programs: dict[str, tuple[str, list[CodeType]]] = field(default_factory=dict[str, "tuple[str, list[CodeType]]"])
    """The latest text of each module, and the compiled statements: a module is executed again more often than it changes."""

    def load(self, code: Code) -> list[ModuleType]:
        """The modules, executed where they are new or changed. To be called while they are `importable`.

        Raises:
            Exception: what a module raised while it was executed.
        """
        for name in self._loaded.keys() - code.sources.keys():
            self._forget(name)
            sys.modules.pop(name, None)
        if any(self._is_changed(name, code) for name in code.sources):
            for name, source in code.sources.items():
                self._show(name, source)
                if not self._is_unchanged(name, code):
                    sys.modules.pop(name, None)
            with _found(_Loader(self, code)):
                for name in code.sources:
                    importlib.import_module(name)
        return [self._loaded[name].module for name in code.sources]

    @contextmanager
    def importable(self, names: Iterable[str]) -> Generator[None]:
        """Meanwhile the modules of these names are imported from here, and the directory is the working directory."""
        own = {*names, *self._loaded}
        before = {name: sys.modules.pop(name) for name in own & sys.modules.keys()}
        sys.modules.update({name: loaded.module for name, loaded in self._loaded.items()})
        working_directory = _working_directory()
        os.chdir(self.directory)
        try:
            yield
        finally:
            for name in own:
                sys.modules.pop(name, None)
            sys.modules.update(before)
            if working_directory is not None:
                with suppress(OSError):  # deleted meanwhile
                    os.chdir(working_directory)

    def close(self) -> None:
        """Forget all modules."""
        for name in list(self._loaded):
            self._forget(name)

    def path(self, name: str) -> str:
        """The file of a module."""
        return str(self.directory / f"{name}.py")

    def _forget(self, name: str) -> None:
        del self._loaded[name]
        self._programs.pop(name, None)
        linecache.cache.pop(self.path(name), None)

    def _show(self, name: str, source: str) -> None:
        """Let tracebacks and `inspect` see the lines as they are now, without a look at the file's time."""
        lines = [f"{line}\n" for line in source.split("\n")]
        linecache.cache[self.path(name)] = (len(source), None, lines, self.path(name))

    def _is_changed(self, name: str, code: Code) -> bool:
        loaded = self._loaded.get(name)
        if loaded is None or not code.state.is_empty:  # what functions have changed begins anew with every run
            return True
        return loaded.source != code.sources[name] or loaded.fingerprint != code.stamp_of_module(name)

    def _is_unchanged(self, name: str, code: Code) -> bool:
        """Whether a module stays as it is though another has changed: one that does more than define is not done twice."""
        return not self._is_changed(name, code) and any(code.has_side_effects(statement) for statement in code.statements(name))

    def module(self, name: str) -> ModuleType | None:
        """The module that was loaded before under a name, ready to be executed anew."""
        loaded = self._loaded.get(name)
        if loaded is None:
            return None
        # Who imports a module asks it for attributes before it is executed: its earlier text is not to answer.
        vars(loaded.module).pop("__getattr__", None)
        return loaded.module

    def execute(self, module: ModuleType, code: Code) -> None:
        """Execute the statements of a module that have changed; if one raises, the module stays as it was."""
        name, namespace = module.__name__, vars(module)
        loaded = self._loaded.setdefault(name, _Loaded(module, "", "", {}))
        # Until it is through, it counts as changed.
        loaded.source = loaded.fingerprint = ""
        before = dict(namespace)
        own = {attribute: namespace[attribute] for attribute in _MODULE_ATTRIBUTES if attribute in namespace}
        namespace.clear()
        namespace.update(own, __doc__=ast.get_docstring(parse(name, code.sources[name])))
        try:
            made = self._executed(namespace, loaded.made, code.statements(name), code)
        except BaseException:
            # Values of the last good run may still need what they were made with, to say what they are.
            namespace.clear()
            namespace.update(before)
            raise
        loaded.made, loaded.source, loaded.fingerprint = made, code.sources[name], code.stamp_of_module(name)

    def _executed(
        self, namespace: dict[str, Any], before: dict[str, _Bindings], statements: Sequence[Statement], code: Code
    ) -> dict[str, _Bindings]:
        """What the statements of a module bind, by their stamps; `before` grows with what was already bound when one fails."""
        whole = any(code.has_side_effects(statement) for statement in statements) or code.reloads_everything
        programs = self._compiled(namespace["__name__"], statements, code)
        codes = function_codes(programs) if before else {}
        made: dict[str, _Bindings] = {}
        for statement, program in zip(statements, programs, strict=True):
            stamp = code.stamp(statement)
            if stamp in before and not code.is_always_executed(statement) and (statement.defines_class or not whole):
                move(before[stamp].values(), codes)
                namespace.update(before[stamp])
            else:
                exec(program, namespace)  # noqa: S102 - running the user's code is what a session is for
            before[stamp] = made[stamp] = {bound: namespace[bound] for bound in statement.binds if bound in namespace}
        return made

    def _compiled(self, name: str, statements: Sequence[Statement], code: Code) -> list[CodeType]:
        source = code.sources[name]
        known = self._programs.get(name)
        if known is not None and known[0] == source:
            return known[1]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                programs = self._freshly_compiled(name, statements)
        except SyntaxError:  # the compiler warns of something: it has to say so whenever the module is executed
            return self._freshly_compiled(name, statements)
        self._programs[name] = source, programs
        return programs

    def _freshly_compiled(self, name: str, statements: Sequence[Statement]) -> list[CodeType]:
        flags = _future_flags(statements)
        return [
            compile(ast.Module([statement.node], []), self.path(name), "exec", flags, dont_inherit=True)
            for statement in statements
        ]


@dataclass(frozen=True, slots=True)
class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of a session, and no others."""

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
def _found(finder: _Loader) -> Generator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def _future_flags(statements: Sequence[Statement]) -> int:
    """What `from __future__ import ...` asks of the compiler, for all statements of a module."""
    flags = 0
    for statement in statements:
        for wanted in statement.imports:
            if wanted.module == "__future__" and wanted.name in __future__.all_feature_names:
                flags |= getattr(__future__, wanted.name).compiler_flag
    return flags


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # deleted by somebody
        return None
