"""Completion of attributes, and of names that a module provides to `from ... import`.

jedi reads the code without running it. Modules without source text, such as compiled modules, are imported.
"""

from __future__ import annotations

import re
import sys
import warnings
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import jedi

from headwater.integrations.jedi.kinds import kind_of
from headwater.integrations.jedi.parameters import annotate_parameters
from headwater.integrations.jedi.results import install
from headwater.libraries.support import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jedi.api.classes import Completion, ParamName, Signature

_ANNOTATION: Final = re.compile(r"^(\**\w+)\s*: [^=]*(?==|$)")
"""The name of a parameter with its annotation, without the default."""
_OPAQUE_DEFAULT: Final = re.compile(r"=<.*>$")
"""A default that is not code, such as `<no_default>`."""
_CACHE: Final = TemporaryDirectory(prefix="headwater-jedi-")
"""The parsed stubs of the standard library. The directory is deleted when Python exits."""

jedi.settings.cache_directory = _CACHE.name
jedi.settings.allow_unsafe_interpreter_executions = False  # never run a value's properties or `__getattr__`
# jedi imports these libraries instead of reading their source text: the playground has no source text, and reading pandas
# takes half a minute.
jedi.settings.auto_import_modules = [*SUPPORTED]
install()


class Completer:
    """Completes code in the modules of one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._latest: dict[str, Completion] = {}

    def complete(self, file: str, text: str, line: int, column: int, classes: Mapping[str, type]) -> list[tuple[str, str]]:
        """Return the names that can complete the code at a position, with their kinds.

        Names that start with an underscore come last.

        Args:
            file: the name of the module with the code.
            text: the code, which may have errors.
            line: the line of the position, counted from 1.
            column: the number of characters before the position.
            classes: the classes of parameters, keyed by parameter name. They take precedence over annotations.
        """
        text, line, column, namespace = annotate_parameters(text, line, column, classes)
        path = self._directory / file
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jedi warns about modules that it cannot import
            project = jedi.Project(self._directory, sys_path=[str(self._directory), *sys.path], smart_sys_path=False)
            # By default, an `Interpreter` uses the running Python. A `Script` would search for a Python interpreter and start
            # it.
            interpreter = jedi.Interpreter(text, [namespace], path=path, project=project)
            completions = interpreter.complete(line, column)
            self._latest = {completion.name: completion for completion in sorted(completions, key=_order)}
            return [(name, kind_of(completion)) for name, completion in self._latest.items()]

    def describe(self, name: str) -> tuple[str, str]:
        """Return the signature and the docstring of a name from the latest completion. Both may be empty."""
        completion = self._latest.get(name)
        if completion is None:
            return "", ""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            signatures = completion.get_signatures() if kind_of(completion) in {"class", "function"} else []
            return "\n".join(_signature_text(signature) for signature in signatures[:1]), completion.docstring(raw=True)


def _order(completion: Completion) -> tuple[int, str]:
    name = completion.name
    return len(name) - len(name.lstrip("_")), name


def _signature_text(signature: Signature) -> str:
    return f"{signature.name}({', '.join(_parameter_texts(signature.params))})"


def _parameter_texts(parameters: Iterable[ParamName]) -> Iterable[str]:
    """Yield parameters with their defaults. Annotations are omitted, because those of large libraries would fill the screen."""
    for parameter in parameters:
        text = _ANNOTATION.sub(r"\1", parameter.to_string())
        if text != "self":
            yield _OPAQUE_DEFAULT.sub("=...", text)
