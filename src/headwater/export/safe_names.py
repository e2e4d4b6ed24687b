"""The names that files of an exported project may have, on any system and beside any tool."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from headwater.errors import NotWritable

FOLDER: Final = "dataflow"
"""The folder of a project that holds the modules and the data. Neither pip nor pytest reads what is in it."""
LONGEST_NAME: Final = 100
_LONGEST_STEM: Final = 60
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
"""Files that Python, pip, pytest, tox or nox would obey if they were started in the folder."""
_TOOLS: Final = frozenset(
    {"_distutils_hack", "_pytest", "colorama", "exceptiongroup", "flit_core", "hatchling", "headwater", "iniconfig"}
    | {"packaging", "pip", "pkg_resources", "pluggy", "py", "pygments", "pytest", "setuptools", "test_values", "tomli", "wheel"}
)
"""Modules that a project's own environment has, whatever the dataflow imports."""


def refuse_unsafe_names(names: Iterable[str]) -> None:
    """Refuse files that a project cannot have in one folder, because of their names.

    Raises:
        NotWritable: with the name, the reason and a remedy.
    """
    seen: dict[str, str] = {}
    for name in names:
        reason = _reason(name)
        if reason is not None:
            raise NotWritable(f"{_shown(name)} cannot be exported: {reason} Rename the file.")
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            raise NotWritable(
                f"{_shown(seen[key])} and {_shown(name)} cannot be exported together: on many systems they are "
                "the same file. Rename one of them."
            )
        seen[key] = name


def _reason(name: str) -> str | None:
    if not name or len(name) > LONGEST_NAME:
        return f"a name has 1 to {LONGEST_NAME} characters."
    if not name.isprintable() or _FORBIDDEN.search(name) or name.startswith(".") or name[0] == " " or name[-1] in ". ":
        return "not every system allows this name."
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.partition(".")[0].rstrip() in WINDOWS_DEVICES or name.casefold().partition(".")[0].rstrip() in WINDOWS_DEVICES:
        return "on Windows this name belongs to a device."
    if folded in _CONFIGURATION or folded.endswith(".pth"):
        return "pip, pytest or Python itself would obey a file of this name."
    if not folded.endswith(_SUFFIX):
        return None
    if unicodedata.normalize("NFKC", name) != name or not name.endswith(_SUFFIX):
        return "Python would import another name than this one."
    module = name.removesuffix(_SUFFIX)
    if folded.removesuffix(_SUFFIX) in _TOOLS:
        return f"the project's tools have a module `{module}` of their own."
    if not module.isidentifier() or keyword.iskeyword(module):
        return "Python cannot import a module of this name."
    return None


def _shown(name: str) -> str:
    """A name within a message: characters that nobody would see are written as escapes."""
    shown = name[:LONGEST_NAME] + ("…" if len(name) > LONGEST_NAME else "")
    return f"`{shown}`" if shown.isprintable() else f"`{ascii(shown)[1:-1]}`"


def file_stem(name: str, taken: Collection[str]) -> str:
    """A name for the file with a node's value: ASCII letters, digits and `_`, unlike the ones taken even without their case.

    >>> file_stem("rain (mm)", set()), file_stem("Rain", {"rain"}), file_stem("con", set()), file_stem("größe", set())
    ('rain_mm', 'Rain_2', 'con_', 'gr_e')
    """
    word = plain_stem(name)
    word = f"{word}_" if word.casefold() in WINDOWS_DEVICES else word
    folded = {stem.casefold() for stem in taken}
    if word.casefold() not in folded:
        return word
    return next(one for number in range(2, len(folded) + 3) if (one := f"{word}_{number}").casefold() not in folded)


def plain_stem(name: str) -> str:
    """The part of a file's name that tells which node it is about; some systems give it to a device if it stands alone."""
    word = re.sub(r"[^A-Za-z0-9_]+", "_", name)
    return (word if word == name else word.strip("_"))[:_LONGEST_STEM] or "value"
