"""The modules in a session, loaded from text. After an edit, only changed code is executed again.

A statement is executed again only if its fingerprint has changed. If a function is edited, classes keep their identity, and
tables that a module reads during import are not read again. Function definitions and imports are always executed, because this
is fast and updates the line numbers of functions. An unchanged function with a user-defined decorator is not executed again,
because the decorator may have registered the function.

A module stays loaded if neither the module nor a module that it imports has changed. Its functions keep their identity.

If any statement does more than bind names (`pandas.set_option(...)`, `COLUMNS += [...]`), its effects must not happen twice.
As long as these statements and the code that they use are unchanged, all unchanged statements keep the objects that they bound,
and the changes that side effects have made to these objects. Otherwise, all modules are executed in full, and all nodes
rerun, because values may contain instances of the previous classes.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.util
import linecache
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from headwater.session.line_numbers import function_codes, update_line_numbers
from headwater.session.programs import Programs
from headwater.sources.syntax import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType

    from headwater.session.code import Code
    from headwater.sources.statements import Statement

_MODULE_ATTRIBUTES = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__file__", "__cached__", "__builtins__")


_MAX_CLASSES = 100
"""The maximum number of classes to remember for each module, including classes in earlier versions of the module."""

_Bindings = dict[str, Any]
"""The values that a statement bound, keyed by name."""


@dataclass(slots=True)
class _Loaded:
    """A module and its latest execution."""

    module: ModuleType
    imported: ModuleType
    """The object that `import` returns. It differs from `module` if the module replaces itself in `sys.modules`."""
    source: str | None
    """The source that was executed. None if the module must be executed again."""
    fingerprint: str
    bindings: dict[str, _Bindings]
    """The bindings of each statement, keyed by the statement's stamp."""
    mutators: tuple[str, ...] = ()
    """See `Code.mutators_in`."""
    names_before_failure: Mapping[str, Any] | None = None
    """The module's names before a failed execution. None if the latest execution succeeded or the names have been restored."""
    classes: dict[str, _Bindings] = field(default_factory=dict[str, _Bindings])
    """The bindings of statements that bound classes, including statements in earlier versions of the module.

    If an edit to a class is undone, the values from before the edit are instances of the class again.
    """

    def restore_names(self) -> None:
        """Restore the names from before a failed execution."""
        if self.names_before_failure is not None:
            namespace = vars(self.module)
            namespace.clear()
            namespace.update(self.names_before_failure)
            self.names_before_failure = None

    def remember_classes(self) -> None:
        """Add the current classes to `classes`."""
        self.classes.update({stamp: bound for stamp, bound in self.bindings.items() if bound and _are_classes(bound.values())})
        for stamp in list(self.classes)[:-_MAX_CLASSES]:
            del self.classes[stamp]


@dataclass(slots=True)
class Modules:
    """A loader for the modules in a directory."""

    directory: Path
    on_change: Callable[[str], None] = lambda _: None
    """Called with a module's name before the module's functions can change."""
    _loaded: dict[str, _Loaded] = field(default_factory=dict[str, _Loaded])
    _programs: Programs = field(default_factory=Programs)
    generation: int = 0
    """A number that increases when unchanged code may have bound new objects, such as new classes."""
    _removed: set[str] = field(default_factory=set[str])
    """The names of modules that were removed and not added again."""
    _side_effects: str = ""
    """The fingerprint of the side effects that have happened. See `Code.side_effects`."""
    _keeps_side_effects: bool = False
    """Whether the modules are being updated without repeating their side effects."""
    _executes_all: bool = False
    """Whether all statements are being executed, except unchanged classes."""

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
        self._removed |= removed
        if changed:
            executed = self._start(code, changed, removed)
            for name in executed:
                self._update_linecache(name, code.sources[name])
                self._invalidate(name)
                sys.modules.pop(name, None)
            with _first_on_meta_path(_Loader(self, code)):
                for name in code.sources:
                    importlib.import_module(name)
            if self._keeps_side_effects:
                self._update_line_numbers(executed, code)
            else:
                self._update_kept_values(executed, code)
            self._side_effects = "" if self._executes_all else code.side_effects
            for name, loaded in self._loaded.items():
                loaded.imported = sys.modules[name]
        return [self._loaded[name].module for name in code.sources]

    def _start(self, code: Code, changed: Collection[str], removed: Iterable[str]) -> Collection[str]:
        """Prepare the execution of changed modules. Return the names of all modules to execute."""
        self._keeps_side_effects = self._executes_all = False
        is_readded = not self._removed.isdisjoint(changed)
        self._removed.difference_update(changed)
        if not code.side_effects:
            self.generation += is_readded
            self._side_effects = ""
            affected = code.affected_by({*changed, *removed})
            return [
                name
                for name in code.sources
                if name in changed or name in affected or not self._programs.has(name, code.sources[name])
            ]
        if code.reloads_everything:
            self._executes_all = True
            self.generation += any(
                statement.defines_class and code.has_side_effects(statement)
                for name in code.sources
                for statement in code.statements(name)
            )
            return code.sources.keys()
        is_same = self._side_effects == code.side_effects and not is_readded
        is_same = is_same and all(self._has_same_mutators(name, code) for name in changed)
        if is_same and not any(self._sees_later_effects(name, code) for name in changed):
            self._keeps_side_effects = True
            return [name for name in code.sources if name in changed or not self._programs.has(name, code.sources[name])]
        self.generation += 1
        self._side_effects = ""
        for loaded in self._loaded.values():
            loaded.bindings.clear()
            loaded.classes.clear()
        return code.sources.keys()

    def _has_same_mutators(self, name: str, code: Code) -> bool:
        loaded = self._loaded.get(name)
        return (() if loaded is None else loaded.mutators) == code.mutators_in(name)

    def _update_line_numbers(self, names: Iterable[str], code: Code) -> None:
        """Update the line numbers of the functions that these modules define.

        Side effects may have stored the functions in any module.
        """
        programs = [program for name in names for program in self._compile(name, code.statements(name), code)]
        bound = [value for loaded in self._loaded.values() for names in loaded.bindings.values() for value in names.values()]
        values = [value for loaded in self._loaded.values() for value in vars(loaded.module).values()]
        update_line_numbers([*bound, *values], function_codes(programs))

    def _update_kept_values(self, names: Collection[str], code: Code) -> None:
        """Update the line numbers of functions in values that unchanged statements keep, such as lists of functions.

        The functions may come from any module.
        """
        programs = [program for name in names for program in self._compile(name, code.statements(name), code)]
        values = [
            value
            for name in names
            for statement in code.statements(name)
            if not statement.defines_function and not statement.imports and statement.effects.value_kind != "constant"
            for value in self._loaded[name].bindings.get(code.stamp(statement), {}).values()
        ]
        if values:
            update_line_numbers(values, function_codes(programs))

    def _sees_later_effects(self, name: str, code: Code) -> bool:
        """Return whether a changed statement would see bindings or side effects that come after it in a new process."""
        loaded = self._loaded.get(name)
        before = {} if loaded is None else loaded.bindings
        return any(
            code.stamp(statement) not in before and (statement.reads_later or code.may_see_later_effects(statement))
            for statement in code.statements(name)
        )

    @contextmanager
    def importable(self, names: Iterable[str]) -> Generator[None]:
        """Make the modules with these names importable, and use the directory as the working directory."""
        session_names = {*names, *self._loaded}
        hidden = {name: sys.modules.pop(name) for name in session_names & sys.modules.keys()}
        sys.modules.update({name: loaded.imported for name, loaded in self._loaded.items()})
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

    def restore_names(self) -> None:
        """Restore the previous names of modules whose execution failed.

        Values from the latest successful run may need them, for example in their `repr`. Call this after the error has been
        reported, because messages suggest names that are defined at the time of the error.
        """
        for loaded in self._loaded.values():
            loaded.restore_names()

    def path(self, name: str) -> str:
        """Return the path of a module's file."""
        return str(self.directory / f"{name}.py")

    def _invalidate(self, name: str) -> None:
        """Treat a module as changed until its execution succeeds, even if the execution of another module fails first."""
        self.on_change(name)
        if (loaded := self._loaded.get(name)) is not None:
            loaded.source = None

    def _forget(self, name: str) -> None:
        self.on_change(name)
        del self._loaded[name]
        self._programs.forget(name)
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
        """Execute the changed statements in a module. If a statement raises, `restore_names` restores the previous names."""
        name, namespace = module.__name__, vars(module)
        loaded = self._loaded.setdefault(name, _Loaded(module, module, None, "", {}))
        self._invalidate(name)
        loaded.restore_names()  # the module may be imported again after a failed execution
        before = dict(namespace)
        preserved = {attribute: namespace[attribute] for attribute in _MODULE_ATTRIBUTES if attribute in namespace}
        if not self._keeps_side_effects:
            namespace.clear()
        namespace.update(preserved, __doc__=ast.get_docstring(parse(name, code.sources[name])))
        execute = self._update if self._keeps_side_effects else self._execute
        try:
            bindings = execute(namespace, loaded, code.statements(name), code)
        except BaseException:
            loaded.names_before_failure = before
            raise
        loaded.bindings, loaded.source, loaded.fingerprint = bindings, code.sources[name], code.stamp_of_module(name)
        loaded.mutators = code.mutators_in(name)
        loaded.remember_classes()
        if self._keeps_side_effects:
            sys.modules[name] = loaded.imported

    def _execute(
        self, namespace: dict[str, Any], loaded: _Loaded, statements: Sequence[Statement], code: Code
    ) -> dict[str, _Bindings]:
        """Execute the changed statements. Return the bindings of all statements, keyed by stamp.

        The new bindings are also added to the previous bindings. If a statement fails, the
        bindings of the statements before it are still added.
        """
        before = loaded.bindings
        for stamp, classes in loaded.classes.items():
            before.setdefault(stamp, classes)
        programs = self._compile(namespace["__name__"], statements, code)
        codes = function_codes(programs) if before else {}
        # Apply `@mutate` only to newly created functions, because its changes cannot be undone.
        has_mutators = bool(loaded.mutators) or bool(code.mutators_in(namespace["__name__"]))
        bindings: dict[str, _Bindings] = {}
        for statement, program in zip(statements, programs, strict=True):
            stamp = code.stamp(statement)
            is_always_executed = code.is_always_executed(statement) or (
                has_mutators and bool(statement.functions) and not statement.defines_class
            )
            is_kept = stamp in before and not is_always_executed
            is_plain_class = statement.defines_class and not code.has_side_effects(statement)
            if is_kept and (is_plain_class or not self._executes_all):
                update_line_numbers(before[stamp].values(), codes)
                namespace.update(before[stamp])
            else:
                exec(program, namespace)  # noqa: S102 - a session runs the user's code
            if statement.defines_function:
                _move_to_end(namespace, statement.binds)
            before[stamp] = bindings[stamp] = {name: namespace[name] for name in statement.binds if name in namespace}
        return bindings

    def _update(
        self, namespace: dict[str, Any], loaded: _Loaded, statements: Sequence[Statement], code: Code
    ) -> dict[str, _Bindings]:
        """Execute the changed statements, and preserve everything else in the namespace. Return the bindings of all statements.

        Side effects may have added names to the namespace, and may have replaced the values of other names.
        """
        programs = self._compile(namespace["__name__"], statements, code)
        stamps = [code.stamp(statement) for statement in statements]
        unchanged = {
            stamp
            for stamp, statement in zip(stamps, statements, strict=True)
            if (stamp in loaded.bindings or stamp in loaded.classes) and not code.is_executed_in_every_update(statement)
        }
        # Several statements may bind the same name.
        rebound = {name for stamp, names in loaded.bindings.items() if stamp not in unchanged for name in names}
        rebound |= {
            name
            for stamp, statement in zip(stamps, statements, strict=True)
            if stamp not in unchanged or stamp not in loaded.bindings
            for name in statement.binds
        }
        order = list(namespace)
        for name in rebound:
            namespace.pop(name, None)
        rebound.add("__getattr__")  # see `module`
        bindings: dict[str, _Bindings] = {}
        for stamp, statement, program in zip(stamps, statements, programs, strict=True):
            if stamp in unchanged:
                bindings[stamp] = bound = loaded.bindings.get(stamp) or loaded.classes.get(stamp, {})
                namespace.update({name: bound[name] for name in rebound & bound.keys()})
            else:
                exec(program, namespace)  # noqa: S102 - a session runs the user's code
                bindings[stamp] = {name: namespace[name] for name in statement.binds if name in namespace}
        _move_to_end(namespace, _in_order_of_binding(namespace, statements, order))
        return bindings

    def _compile(self, name: str, statements: Sequence[Statement], code: Code) -> list[CodeType]:
        return self._programs.of(name, code.sources[name], self.path(name), statements)


def _are_classes(values: Iterable[object]) -> bool:
    """Return whether all values are compared by identity, as classes and sentinels such as `MISSING = object()` are."""
    return all(isinstance(value, type) or type(value) is object for value in values)


def _in_order_of_binding(namespace: Mapping[str, Any], statements: Iterable[Statement], before: Iterable[str]) -> Iterator[str]:
    """Yield the names that statements bind, in the order in which `_execute` adds them to a namespace.

    A name that a side effect has added, for example with `globals()`, still follows the name that precedes it in `before`.
    """
    positions = {name: position for position, name in enumerate(namespace)}
    ordered: dict[str, None] = {}
    for statement in statements:
        for name in sorted(statement.binds & positions.keys(), key=positions.__getitem__):
            if statement.defines_function:
                ordered.pop(name, None)
            ordered[name] = None
    followers: dict[str, list[str]] = {}
    predecessor: str | None = None
    for name in before:
        if name in ordered:
            predecessor = name
        elif predecessor is not None:
            followers.setdefault(predecessor, []).append(name)
    for name in ordered:
        yield name
        yield from followers.get(name, ())


def _move_to_end(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Move names to the end of a namespace. Otherwise, a redefined name would keep its old position."""
    for name in list(names):
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


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the folder was deleted
        return None
