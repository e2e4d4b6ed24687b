"""File names that are safe in an exported project, on any system and with any tool."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from headwater.errors import NotWritable

FOLDER: Final = "dataflow"
"""The name of the project's folder for modules and data. Neither pip nor pytest reads files from this folder."""
MAX_NAME_LENGTH: Final = 100
_MAX_STEM_LENGTH: Final = 60
_SUFFIX: Final = ".py"

WINDOWS_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
_FORBIDDEN: Final = re.compile(r'[/\\:<>"|?*]')

_CONFIGURATION: Final = frozenset(
    {"conftest.py", "manifest.in", "noxfile.py", "pyproject.toml", "pytest.ini", "pytest.toml", "setup.cfg", "setup.py"}
    | {"sitecustomize.py", "tox.ini", "usercustomize.py"}
)
"""Files that Python, pip, pytest, tox or nox read from the folder in which they are started."""
_TOOLS: Final = frozenset(
    {"_distutils_hack", "_pytest", "colorama", "exceptiongroup", "flit_core", "hatchling", "headwater", "iniconfig"}
    | {"packaging", "pip", "pkg_resources", "pluggy", "py", "pygments", "pytest", "setuptools", "test_values", "tomli", "wheel"}
)
"""Modules that are installed in the environment of every project."""


def refuse_unsafe_names(names: Iterable[str], *, beside: str | None = None) -> None:
    """Raise an error for file names that are unsafe in a project's folder.

    Args:
        names: the names of the user's files.
        beside: the safe name of a generated file in the same folder.

    Raises:
        NotWritable: a name is unsafe. The message gives the reason and a remedy.
    """
    seen = {} if beside is None else {_folded(beside): beside}
    for name in names:
        reason = _reason(name)
        if reason is not None:
            raise NotWritable(f"{_quote(name)} cannot be exported: {reason} Rename the file.")
        key = _folded(name)
        if key in seen:
            raise NotWritable(
                f"{_quote(seen[key])} and {_quote(name)} cannot be exported together: many systems treat them as "
                "the same file. Rename one of them."
            )
        seen[key] = name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _reason(name: str) -> str | None:
    if not name or len(name) > MAX_NAME_LENGTH:
        return f"a name must have 1 to {MAX_NAME_LENGTH} characters."
    if not name.isprintable() or _FORBIDDEN.search(name) or name.startswith(".") or name[0] == " " or name[-1] in ". ":
        return "some systems do not allow this name."
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.partition(".")[0].rstrip() in WINDOWS_DEVICES or name.casefold().partition(".")[0].rstrip() in WINDOWS_DEVICES:
        return "on Windows, this is the name of a device."
    if folded in _CONFIGURATION or folded.endswith(".pth"):
        return "pip, pytest or Python would use it as configuration."
    if not folded.endswith(_SUFFIX):
        return None
    if unicodedata.normalize("NFKC", name) != name or not name.endswith(_SUFFIX):
        return "Python would import it under a different name."
    module = name.removesuffix(_SUFFIX)
    if folded.removesuffix(_SUFFIX) in _TOOLS:
        return f"the project's tools include a module named `{module}`."
    if not module.isidentifier() or keyword.iskeyword(module):
        return "Python cannot import a module with this name."
    return None


def _quote(name: str) -> str:
    """Quote a name for a message, and escape invisible characters."""
    shown = name[:MAX_NAME_LENGTH] + ("…" if len(name) > MAX_NAME_LENGTH else "")
    return f"`{shown}`" if shown.isprintable() else f"`{ascii(shown)[1:-1]}`"


def file_stem(name: str, used_names: Collection[str]) -> str:
    """Return a file name for a node's value: ASCII letters, digits and `_`, unique even if case is ignored.

    >>> file_stem("rain (mm)", set()), file_stem("Rain", {"rain"}), file_stem("con", set()), file_stem("größe", set())
    ('rain_mm', 'Rain_2', 'con_', 'gr_e')
    """
    word = plain_stem(name)
    word = f"{word}_" if word.casefold() in WINDOWS_DEVICES else word
    folded = {stem.casefold() for stem in used_names}
    if word.casefold() not in folded:
        return word
    return next(stem for number in range(2, len(folded) + 3) if (stem := f"{word}_{number}").casefold() not in folded)


def plain_stem(name: str) -> str:
    """Return the part of a file name that identifies a node. Callers must extend it, since it may be a Windows device name."""
    word = re.sub(r"[^A-Za-z0-9_]+", "_", name)
    return (word if word == name else word.strip("_"))[:_MAX_STEM_LENGTH] or "value"
