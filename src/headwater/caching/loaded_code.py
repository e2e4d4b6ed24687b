"""Tokens of loaded code. Each token covers a function and everything that it uses.

A token covers the function's own code, its defaults and its closure. It also covers, transitively, the helpers, classes and
module-level values that the function uses, in all of the user's own modules. A token is computed from objects in memory, so it
describes the code that runs, even if a file has changed since it was imported or a test has replaced a value. Library code is
identified by its version (`user_code.py`).
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import re
import sys
import threading
from dataclasses import dataclass
from enum import Enum
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from headwater.caching.bytecode import all_names, all_strings, code_digest, names_read, with_nested
from headwater.caching.class_parts import attributes_of_member, class_parts
from headwater.caching.code_units import CodeReport, CodeUnit, reachable, report
from headwater.caching.constants import constant_digest
from headwater.caching.dynamic_code import DYNAMIC_BUILTINS, imports_problem, names_problem, object_problem, path_problem
from headwater.caching.hashing import ContentHasher, combine
from headwater.caching.library_state import library_state
from headwater.caching.signatures import READS_SIGNATURES, annotations_of, library_reads_signatures
from headwater.caching.user_code import is_importable, is_user_class, is_user_file, is_user_module, library_version
from headwater.caching.write_only import is_write_only
from headwater.sources.effects import RUNS_QUERIES
from headwater.sources.words import identifiers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from headwater.caching.bytecode import Import, NamesRead

_MISSING: Final = object()
_MODULE_ATTRIBUTES: Final = frozenset(
    {
        *(
            "__annotate__",
            "__annotations__",
            "__builtins__",
            "__cached__",
            "__conditional_annotations__",
            "__doc__",
            "__file__",
        ),
        *("__loader__", "__name__", "__package__", "__path__", "__spec__", "__warningregistry__"),
    }
)
"""The attributes that Python sets on every module. They do not change what a module does."""
_BUILTINS: Final = frozenset(dir(builtins))
_ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")
_UNCHANGEABLE: Final = frozenset({type(None), bool, int, float, complex, str, bytes})


class LoadedCode:
    """Tokens of loaded functions. They are computed again only when something that they cover changes in memory."""

    def __init__(self, own: frozenset[str] = frozenset()) -> None:
        """Create an empty collection of tokens.

        Args:
            own: installed folders and files that are the user's own code.
        """
        self._own = own
        self._lock = threading.RLock()
        self._forget()

    def _forget(self) -> None:
        self._reports: dict[int, CodeReport] = {}
        self._definitions: dict[object, CodeUnit] = {}
        self._pending: list[CodeUnit] = []
        self._bindings: list[tuple[Mapping[str, Any], str, Any]] = []
        """The module-level names that were read, with their values."""
        self._functions: list[tuple[Any, ...]] = []
        """Each function, with its code, defaults, keyword-only defaults and the contents of its closure."""
        self._volatile: list[tuple[Any, bytes | None]] = []
        """The mutable values that were read, with their digests."""
        self._namespaces: list[tuple[Mapping[str, Any], frozenset[str]]] = []
        self._bases: list[tuple[type, tuple[type, ...]]] = []
        self._hidden_builtins: dict[int, tuple[Mapping[str, Any], frozenset[str]]] = {}
        """The namespaces of the functions' modules, each with the built-in names that it shadows."""

    def refresh(self) -> bool:
        """If anything that the tokens cover has changed in memory, discard all tokens and return True."""
        with self._lock:
            if self._is_current():
                return False
            self._forget()
            return True

    def token(self, function: Any) -> str | None:
        """Return the token of a function, a class or another callable, or None if part of the code is unknown."""
        return self.report(function).token

    def digest(self, function: Any) -> bytes | None:
        """Return the token of a function or class as bytes."""
        token = self.token(function)
        return None if token is None else token.encode()

    def report(self, function: Any) -> CodeReport:
        """Return the token of a function, a class or another callable, or the reason why it has no token."""
        key = id(function)
        report = self._reports.get(key)
        if report is None:
            with self._lock:
                report = self._reports[key] = self._plain_report(function) or self._report(function)
        return report

    def parts(self, function: Any) -> dict[str, str]:
        """Return the digest of each part that a token covers: `{"function flow.total": "...", "value flow.RATE": "..."}`."""
        parts: dict[str, str] = {}
        with self._lock:
            for unit in self._order(function):
                label = unit.label
                while label in parts:
                    label += "'"
                parts[label] = unit.own.hex()
        return parts

    def constant(self, value: Any) -> str | None:
        """Return a digest of a value in an operation or in the config, or None if the value has no digest.

        The digest covers the functions and classes in the value.
        """
        digest = _value_digest(value, self.digest)
        if digest is not None and not _is_unchangeable(value):
            with self._lock:
                self._volatile.append((value, _value_digest(value, _identity_of)))
        return None if digest is None else digest.hex()

    # --- tokens ---------------------------------------------------------------------------------------------------

    def _plain_report(self, function: Any) -> CodeReport | None:
        """Return the report on a self-contained function without creating a unit, or None for any other function."""
        if type(function) is not FunctionType or function.__closure__ or function.__defaults__ or function.__kwdefaults__:
            return None
        code = function.__code__
        if code.co_names or vars(function) or CodeType in map(type, code.co_consts):
            return None
        if not is_user_file(code.co_filename, self._own):
            return None
        self._functions.append((function, code, None, None))
        return CodeReport(code_digest(code).hex())

    def _report(self, function: Any) -> CodeReport:
        return report(self._order(function))

    def _order(self, function: Any) -> list[CodeUnit]:
        """Return a function's unit and all units that it uses. Names and annotations are added if any unit may read them."""
        definition = self._define(function)
        if not definition.uses and not definition.reads_signatures:  # the usual case: the function uses nothing else
            return [definition]
        order = reachable(definition)
        if not any(unit.reads_signatures for unit in order):
            return order
        pending = order
        while pending:
            for unit in pending:
                self._add_signature(unit)
            known = {id(unit) for unit in order}
            order = reachable(definition, with_signatures=True)
            pending = [unit for unit in order if id(unit) not in known]
        return order

    def _define(self, subject: Any) -> CodeUnit:
        """Return the definition of an object, and define everything that it uses.

        Not recursive, because chains of helpers can be long.
        """
        definition = self._definition(subject)
        self._describe_pending()
        return definition

    def _describe_pending(self) -> None:
        while self._pending:
            definition = self._pending.pop()
            try:
                self._describe(definition)
            except Exception as error:  # noqa: BLE001 - the user's metaclass or descriptor may raise anything
                definition.label = definition.label or f"object of type {type(definition.subject).__qualname__}"
                definition.problem = f"{definition.label} cannot be read: {type(error).__name__}: {error}"

    def _definition(self, subject: Any) -> CodeUnit:
        """Return the definition of a function, class, module or other callable."""
        key = id(subject)
        definition = self._definitions.get(key)
        if definition is None:
            definition = self._definitions[key] = CodeUnit("", subject)
            self._pending.append(definition)
        return definition

    def _describe(self, definition: CodeUnit) -> None:
        """Fill in the digest of a definition, and the definitions that it uses."""
        subject: Any = definition.subject
        problem = object_problem(subject.value if isinstance(subject, _Global) else subject)
        if problem is not None:
            definition.label, definition.problem = f"object {getattr(subject, '__name__', '')}", f"code {problem}"
        elif isinstance(subject, _Global):
            self._describe_value(definition, subject.value, subject.label)
        elif type(subject) is FunctionType:
            self._describe_function(definition, subject)
        elif isinstance(subject, type):
            self._describe_class(definition, subject)
        elif isinstance(subject, ModuleType):
            self._describe_module(definition, subject)
        elif type(subject) is BuiltinFunctionType and (subject.__self__ is None or isinstance(subject.__self__, ModuleType)):
            self._describe_library(definition, subject, str(subject.__module__ or "builtins"))
        else:
            self._describe_value(definition, subject, "value")

    def _describe_library(self, definition: CodeUnit, subject: Any, module: str) -> None:
        version = library_version(module)
        name = f"{module}.{getattr(subject, '__qualname__', '')}"
        definition.label, definition.is_library = f"library {module.partition('.')[0]}: {name}", True
        if version is None:
            definition.problem = f"the version of the library that defines `{name}` is unknown"
        definition.own = combine("library", name.encode(), str(version).encode())
        definition.reads_signatures = library_reads_signatures(module)

    def _describe_library_function(self, definition: CodeUnit, function: FunctionType, cells: list[Any]) -> None:
        """Fill in the definition of a library's function, which may be a wrapper around the user's function."""
        module = str(function.__globals__.get("__name__", function.__module__))
        self._describe_library(definition, function, module)
        wrapped = getattr(function, "__wrapped__", None)
        if wrapped is None:
            definition.own = combine("closure", definition.own, *self._values(definition, cells))
            return
        definition.uses += (self._definition(wrapped),)
        definition.reads_signatures = definition.reads_signatures or module != "functools"
        if is_importable(function):
            return
        if (registry := vars(function).get("registry")) is not None and module == "functools":  # `singledispatch`
            cells = [registry]
        package = module.partition(".")[0]
        state = [library_state(cell, package, lambda part: self._value(definition, part)) for cell in cells]
        definition.own = combine("decorator", definition.own, *state)

    # --- functions ------------------------------------------------------------------------------------------------

    def _describe_function(self, definition: CodeUnit, function: FunctionType) -> None:
        code, namespace = function.__code__, function.__globals__
        module = str(function.__module__)
        cells = [_content(cell) for cell in function.__closure__ or ()]
        self._functions.append((function, code, function.__defaults__, function.__kwdefaults__, *cells))
        if not is_user_file(code.co_filename, self._own):
            self._describe_library_function(definition, function, cells)
            return
        definition.label = f"function {module}.{function.__qualname__}"
        is_plain = not code.co_names and CodeType not in map(type, code.co_consts)
        names = frozenset[str]() if is_plain else all_names(code)
        problem = names_problem(names)
        if problem is not None:
            definition.problem = f"`{function.__qualname__}` {problem}"
            return
        definition.reads_signatures = not READS_SIGNATURES.isdisjoint(names)
        if not (cells or function.__defaults__ or function.__kwdefaults__):
            definition.own = code_digest(code)
        else:
            definition.own = combine("function", code_digest(code), *self._bound_values(definition, function, cells))
        if vars(function):
            self._add_attributes(definition, function)
        if is_plain:
            return
        self._watch_builtins(namespace)
        read = names_read(code, _Known(namespace))
        for path in read.paths:
            self._use_path(definition, function, path, is_rebound=path[0] in read.rebound)
        for imported in read.imports:
            self._use_import(definition, namespace, imported)
        problem = imports_problem(read.imports, names)
        if problem is not None:
            definition.problem = f"`{function.__qualname__}` {problem}"
        if not RUNS_QUERIES.isdisjoint(names):
            self._use_names_in_queries(definition, function, read)

    def _watch_builtins(self, namespace: Mapping[str, Any]) -> None:
        if id(namespace) not in self._hidden_builtins:
            self._hidden_builtins[id(namespace)] = namespace, _BUILTINS & namespace.keys()

    def _add_attributes(self, definition: CodeUnit, function: FunctionType) -> None:
        """Add the attributes of a function. Values without a digest, which decorators may add, are identified by type."""
        namespace = vars(function)
        self._namespaces.append((namespace, frozenset(namespace)))
        digests: list[bytes] = []
        for name, value in sorted(namespace.items()):
            if not name.startswith("__"):
                self._bindings.append((namespace, name, value))
                digests += [name.encode(), self._value(definition, value) or type(value).__qualname__.encode()]
        if digests:
            definition.own = combine("attributes", definition.own, *digests)

    def _use_names_in_queries(self, definition: CodeUnit, function: FunctionType, read: NamesRead) -> None:
        """Add the module-level values that a query may name: `prices.query("price > @LIMIT")`."""
        namespace = function.__globals__
        texts = [*all_strings(function.__code__), *(namespace.get(path[0]) for path in read.paths)]
        local_names = {name for part in with_nested(function.__code__) for name in (*part.co_varnames, *part.co_cellvars)}
        names = {name for text in texts if isinstance(text, str) for name in identifiers(text)} - local_names
        for name in sorted(names & namespace.keys()):
            self._bindings.append((namespace, name, namespace[name]))
            self._use(definition, namespace, name, namespace[name], [])

    def _add_signature(self, unit: CodeUnit) -> None:
        """Add the name and the annotations of a function or class, and the classes that the annotations name."""
        subject = unit.subject
        if unit.signature is not None or unit.is_library or not isinstance(subject, FunctionType | type):
            return
        annotations = annotations_of(subject)
        unit.signature = signature = CodeUnit(f"signature of {unit.label}", annotations)
        signature.own = combine("signature", subject.__qualname__.encode(), self._types(signature, annotations))
        module = sys.modules.get(subject.__module__)
        namespace = subject.__globals__ if isinstance(subject, FunctionType) else {} if module is None else vars(module)
        texts = [annotation for annotation in annotations.values() if isinstance(annotation, str)]
        for name in sorted({name for text in texts for name in identifiers(text)} & namespace.keys()):
            self._bindings.append((namespace, name, namespace[name]))
            self._use(signature, namespace, name, namespace[name], [])
        self._describe_pending()

    def _types(self, definition: CodeUnit | None, types: Any) -> bytes:
        """Return a digest of annotations or bases. Add the classes in them to the `uses` of the definition, if there is one."""
        digest = _value_digest(dict(types), _name_of) if definition is None else self._value(definition, dict(types))
        return digest or _ADDRESS.sub("", repr(types)).encode()

    def _bound_values(self, definition: CodeUnit, function: FunctionType, cells: list[Any]) -> list[bytes]:
        """Return digests of a function's defaults and closure."""
        captured = [
            value if not is_write_only(function, name, value, is_rebound=False) else None
            for name, value in zip(function.__code__.co_freevars, cells, strict=True)
        ]
        return self._values(definition, [function.__defaults__, function.__kwdefaults__, *captured])

    def _values(self, definition: CodeUnit, values: list[Any]) -> list[bytes]:
        """Return digests of values that belong to a definition."""
        digests: list[bytes] = []
        for value in values:
            digest = self._value(definition, value)
            if digest is None:
                definition.problem = f"{definition.label} holds a `{type(value).__qualname__}` that cannot be hashed"
            digests.append(digest or b"")
        return digests

    def _value(self, definition: CodeUnit, value: Any) -> bytes | None:
        """Return the digest of a value that belongs to a definition.

        Functions and classes in the value are added to the definition's `uses`.
        """

        def use(part: Any) -> bytes:
            used = self._definition(part)
            definition.uses += (used,)
            return _name_of(part)

        digest = _value_digest(value, use)
        if not _is_unchangeable(value):
            self._volatile.append((value, _value_digest(value, _identity_of)))
        return digest

    def _use_path(self, definition: CodeUnit, function: FunctionType, path: tuple[str, ...], *, is_rebound: bool) -> None:
        name, *attributes = path
        namespace = function.__globals__
        value = namespace.get(name, _MISSING)
        self._bindings.append((namespace, name, value))
        if value is _MISSING:
            if name in DYNAMIC_BUILTINS and hasattr(builtins, name):
                definition.problem = f"`{function.__qualname__}` calls `{name}`, which gives access to arbitrary code"
            return
        if isinstance(value, ModuleType) and (problem := path_problem((value.__name__, *attributes))) is not None:
            definition.problem = f"`{function.__qualname__}` {problem}"
            return
        if is_write_only(function, name, value, is_rebound=is_rebound):
            return
        self._use(definition, namespace, name, value, attributes)

    def _use(self, definition: CodeUnit, namespace: Mapping[str, Any], name: str, value: Any, attributes: list[str]) -> None:
        """Add a module-level value to a definition's uses. If it is a user's module, add the attribute that is read instead."""
        while isinstance(value, ModuleType) and attributes and is_user_module(value, self._own):
            namespace, name, *attributes = vars(value), *attributes
            attribute = namespace.get(name, _MISSING)
            if attribute is _MISSING:  # computed by the module's `__getattr__`
                break
            self._bindings.append((namespace, name, attribute))
            value = attribute
        if isinstance(value, ModuleType | FunctionType | type | BuiltinFunctionType):
            definition.uses += (self._definition(value),)
            return
        key = (id(namespace), name)
        used = self._definitions.get(key)
        if used is None:
            label = f"value {namespace.get('__name__', '')}.{name}"
            used = self._definitions[key] = CodeUnit(label, _Global(namespace, label, value))
            self._pending.append(used)
        definition.uses += (used,)

    def _use_import(self, definition: CodeUnit, namespace: Mapping[str, Any], imported: Import) -> None:
        """Add the objects that are imported inside a function.

        If the import names a user's module that is not loaded yet, load it now. Calling the function would load it anyway.
        """
        name = imported.module
        try:
            if imported.level:
                name = importlib.util.resolve_name("." * imported.level + name, str(namespace.get("__package__") or ""))
            if name.partition(".")[0] in sys.stdlib_module_names:
                return
            module = importlib.import_module(name)
        except Exception:  # noqa: BLE001 - the call would fail in the same way, or handle the error
            definition.own = combine("missing import", definition.own, name.encode())
            return
        if not is_user_module(module, self._own) or not imported.names or "*" in imported.names:
            definition.uses += (self._definition(module),)
            if imported.binds_package:
                definition.uses += (self._definition(sys.modules[name.partition(".")[0]]),)
            return
        for attribute in imported.names:
            value = _imported_part(module, attribute)
            if value is _MISSING:
                definition.uses += (self._definition(module),)
            else:
                self._bindings.append((vars(module), attribute, value))
                self._use(definition, vars(module), attribute, value, [])

    # --- classes, modules and values ------------------------------------------------------------------------------

    def _describe_class(self, definition: CodeUnit, cls: type) -> None:
        if not is_user_class(cls, self._own):
            self._describe_library(definition, cls, cls.__module__)
            return
        definition.label = f"class {cls.__module__}.{cls.__qualname__}"
        self._bases.append((cls, cls.__bases__))
        for member in cls if issubclass(cls, Enum) else ():
            self._bindings += [(vars(member), name, value) for name, value in attributes_of_member(member)]
        types = _types_of(cls)  # Python 3.14 may add an attribute to the class
        self._namespaces.append((vars(cls), frozenset(vars(cls))))
        parts = class_parts(cls)
        if parts.problem is not None:
            definition.problem = parts.problem
            return
        digests: list[bytes] = []
        for name, value in parts.values:
            if name in vars(cls):
                self._bindings.append((vars(cls), name, vars(cls)[name]))
            digest = self._value(definition, value)
            if digest is None:
                definition.problem = f"the attribute `{name}` of the class `{cls.__qualname__}` cannot be hashed"
            digests += [name.encode(), digest or b""]
        definition.own = combine("class", *digests, self._types(None, types))

    def _describe_module(self, definition: CodeUnit, module: ModuleType) -> None:
        """Fill in the definition of a module that a function uses as a value, or whose attributes it looks up dynamically."""
        if not is_user_module(module, self._own):
            version = library_version(module.__name__)
            definition.label, definition.is_library = f"library {module.__name__}", True
            definition.own = combine("module", module.__name__.encode(), str(version).encode())
            definition.reads_signatures = library_reads_signatures(module.__name__)
            if version is None:
                definition.problem = f"the version of the library `{module.__name__}` is unknown"
            return
        definition.label = f"module {module.__name__}"
        namespace = vars(module)
        names = sorted(namespace.keys() - _MODULE_ATTRIBUTES)
        self._namespaces.append((namespace, frozenset(namespace)))
        definition.own = combine("module", *(name.encode() for name in names))
        for name in names:
            self._bindings.append((namespace, name, namespace[name]))
            self._use(definition, namespace, name, namespace[name], [])

    def _describe_value(self, definition: CodeUnit, value: Any, label: str) -> None:
        definition.label = label
        digest = self._value(definition, value)
        if digest is None:
            definition.problem = f"the {label} of type `{type(value).__qualname__}` cannot be hashed"
        definition.own = digest or b""

    # --- changes --------------------------------------------------------------------------------------------------

    def _is_current(self) -> bool:
        """Return False if something in memory has changed since tokens were computed from it."""
        for namespace, name, value in self._bindings:
            if namespace.get(name, _MISSING) is not value:
                return False
        for function, code, defaults, keyword_defaults, *parts in self._functions:
            if function.__code__ is not code or function.__defaults__ is not defaults:
                return False
            if function.__kwdefaults__ is not keyword_defaults:
                return False
            cells = function.__closure__
            if cells and any(_content(cell) is not part for cell, part in zip(cells, parts, strict=True)):
                return False
        if any(frozenset(namespace) != names for namespace, names in self._namespaces):
            return False
        if any(_BUILTINS & namespace.keys() != names for namespace, names in self._hidden_builtins.values()):
            return False
        if any(cls.__bases__ is not bases and cls.__bases__ != bases for cls, bases in self._bases):
            return False
        return all(_value_digest(value, _identity_of) == digest for value, digest in self._volatile)


@dataclass(frozen=True, slots=True)
class _Global:
    """A module-level value."""

    namespace: Mapping[str, Any]
    label: str
    value: Any


class _Known:
    """The names in a module, and the names of built-in functions that can run arbitrary code."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def __contains__(self, name: object) -> bool:
        return name in self._namespace or name in DYNAMIC_BUILTINS


def _value_digest(value: Any, code: Any) -> bytes | None:
    """Return a digest of a value's content or, failing that, of the state that `pickle` would save. None if both fail."""
    try:
        return ContentHasher(code).digest(value)
    except Exception:  # noqa: BLE001, S110 - a library's objects may raise anything; then their state is digested
        pass

    def text(function: Any) -> str | None:
        digest = code(function)
        return None if digest is None else digest.decode("utf-8", "surrogatepass")

    digest = constant_digest(value, text)
    return None if digest is None else digest.encode()


def _is_unchangeable(value: Any) -> bool:
    """Return True for an immutable value, and for a function or a class, whose changes are detected separately."""
    if type(value) is tuple:
        return all(map(_is_unchangeable, value))
    return type(value) in _UNCHANGEABLE or isinstance(value, FunctionType | type)


def _identity_of(part: Any) -> bytes:
    """Identify a function, class or module in this process.

    The `CodeUnit` of the object keeps a reference to it, so the `id` of the object is never reused.
    """
    return b"%d" % id(part)


def _imported_part(module: ModuleType, name: str) -> Any:
    """Return what `from module import name` binds, which may be a module that has not been imported yet."""
    value = vars(module).get(name, _MISSING)
    if value is not _MISSING or not hasattr(module, "__path__"):
        return value
    try:
        return importlib.import_module(f"{module.__name__}.{name}")
    except Exception:  # noqa: BLE001 - the module might not exist, and can raise anything
        return _MISSING


def _types_of(cls: type) -> dict[str, Any]:
    """Return the annotations of a class, and its bases with their type arguments."""
    return {**annotations_of(cls), "bases": vars(cls).get("__orig_bases__", ())}


def _name_of(part: Any) -> bytes:
    if isinstance(part, ModuleType):
        return part.__name__.encode()
    return f"{getattr(part, '__module__', '')}.{getattr(part, '__qualname__', '')}".encode()


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # the variable has no value yet
        return _MISSING
