"""Completion of attributes, the names after a dot. It uses jedi, which a page downloads on first use."""

from __future__ import annotations

import importlib
import sys
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from headwater.libraries.support import integration_module
from headwater.previews.texts import class_of, truncate
from headwater.wire.bounds import MAX_ATTRIBUTES, MAX_COMPLETION_LENGTH, MAX_SIGNATURE_LENGTH, MAX_SUMMARY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from headwater.integrations.jedi.completion import Completer
    from headwater.wire.views import AttributeView


class AttributeCompletion:
    """Completes attributes in the modules of a directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._completer: Completer | None = None

    def complete(self, file: str, text: str, line: int, column: int, classes: Mapping[str, type]) -> list[AttributeView] | None:
        """Return the attributes that can complete the code at a position. Return None if jedi is not installed.

        Args:
            file: the name of the module.
            text: the text of the module.
            line: the line, counted from 1.
            column: the number of characters before the position on that line.
            classes: the classes of parameters, keyed by parameter name. They take precedence over annotations.
        """
        completer = self._completer = self._completer or _new_completer(self._directory)
        if completer is None:
            return None
        try:
            found = completer.complete(file, text, line, column, classes)
        except Exception:  # noqa: BLE001 - jedi raises various errors, especially for unfinished code
            return []
        pairs = ((name, kind) for name, kind in found if len(name) <= MAX_COMPLETION_LENGTH)
        return [cast("AttributeView", {"name": name, "kind": kind}) for name, kind in islice(pairs, MAX_ATTRIBUTES)]

    def describe(self, name: str) -> tuple[str, str]:
        """Return the signature of an attribute that `complete` last returned, and the first paragraph of its docstring."""
        if self._completer is None:
            return "", ""
        try:
            signature, docstring = self._completer.describe(name)
        except Exception:  # noqa: BLE001 - inspecting an arbitrary object may raise anything
            return "", ""
        summary = " ".join(docstring.strip().partition("\n\n")[0].split())
        return truncate(signature, MAX_SIGNATURE_LENGTH), truncate(summary, MAX_SUMMARY_LENGTH)


def library_classes(values: Mapping[str, Any]) -> dict[str, type]:
    """Return the class of each value. Omit classes that the dataflow defines, because reading their attributes may run code.

    Call this only while imports of the dataflow's modules are blocked.
    """
    classes = {name: class_of(value) for name, value in values.items()}
    return {name: class_ for name, class_ in classes.items() if _is_from_library(class_)}


def _new_completer(directory: Path) -> Completer | None:
    try:
        importlib.import_module("jedi")
    except ImportError:
        return None
    module = integration_module("jedi", "completion")
    return None if module is None else cast("Completer", module.Completer(directory))


def _is_from_library(class_: type) -> bool:
    """Return whether a class's module is imported and contains the class.

    `__module__` alone proves nothing: a class can set it.
    """
    module, name = (vars(type)[attribute].__get__(class_) for attribute in ("__module__", "__qualname__"))
    found: Any = sys.modules.get(module) if type(module) is str else None
    for part in name.split("."):
        found = vars(found).get(part) if isinstance(found, (ModuleType, type)) else None
    return found is class_
