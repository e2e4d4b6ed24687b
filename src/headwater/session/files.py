"""The files of a session: which names they may have, and the directory that they stand in."""

from __future__ import annotations

import importlib.machinery
import keyword
import os
import sys
import sysconfig
import tempfile
import weakref
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME: Final = 100
MODULE: Final = ".py"


class FileNameError(ValueError):
    """A file of a session has a name that it cannot have."""


def check_name(name: str) -> None:
    """Refuse a name that would reach out of the session's directory, or that could not be imported.

    Raises:
        FileNameError: with the reason and a remedy.
    """
    if any(separator in name for separator in "/\\:"):
        raise FileNameError(f"`{name}` cannot be the name of a file: all files stand in one folder. Leave the path out.")
    if not name or name.startswith(".") or len(name) > LONGEST_NAME or not name.isprintable():
        raise FileNameError(
            f"`{name[:LONGEST_NAME]}` cannot be the name of a file: a name is printable, has at most {LONGEST_NAME} "
            "characters and does not begin with a dot."
        )
    if not name.endswith(MODULE):
        return
    module = module_name(name)
    if not module.isidentifier() or keyword.iskeyword(module) or module.startswith("__"):
        remedy = "".join(character if character.isalnum() else "_" for character in module).strip("_") or "flow"
        remedy = f"flow_{remedy}" if not remedy.isidentifier() or keyword.iskeyword(remedy) else remedy
        raise FileNameError(f"`{name}` cannot be imported as a module. A name like `{remedy}{MODULE}` can.")
    if module in sys.stdlib_module_names or module == "headwater" or _is_installed(module):
        raise FileNameError(
            f"`{name}` would hide the installed module `{module}` from everything that imports it. "
            f"Rename the file, to `my_{module}{MODULE}` for example."
        )


def _is_installed(module: str) -> bool:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return importlib.machinery.PathFinder.find_spec(module, list(folders)) is not None


def module_name(name: str) -> str:
    """The name under which a file is imported."""
    return name.removesuffix(MODULE)


class SessionFiles:
    """The modules and data files of a session, written into a directory of their own."""

    def __init__(self) -> None:
        # The real path, as `os.getcwd()` in it says it: messages name files from there.
        self.directory = Path(os.path.realpath(tempfile.mkdtemp(prefix="headwater-")))
        self._texts: dict[str, str] = {}
        self._written: dict[str, str] = {}
        # A session that nobody closes leaves nothing behind either.
        self._removal = weakref.finalize(self, rmtree, self.directory, ignore_errors=True)

    @property
    def texts(self) -> Mapping[str, str]:
        """All files by name."""
        return self._texts

    @property
    def modules(self) -> dict[str, str]:
        """The source texts by the names of the modules, in the order in which they were given."""
        return {module_name(name): text for name, text in self._texts.items() if name.endswith(MODULE)}

    @property
    def data(self) -> dict[str, str]:
        """The texts of the other files, by name."""
        return {name: text for name, text in self._texts.items() if not name.endswith(MODULE)}

    @property
    def data_digest(self) -> str:
        """Changes when a data file changes, comes or goes."""
        digest = blake2b(digest_size=16)
        for name, text in sorted(self.data.items()):
            digest.update(f"{name}\0{len(text)}\0".encode())
            digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def path(self, name: str) -> Path:
        """Where a file stands."""
        return self.directory / name

    def replace(self, files: Mapping[str, str]) -> list[tuple[str, FileNameError]]:
        """Take other files. Those with names that cannot be are left out and returned. Nothing is written: see `write`."""
        refused: list[tuple[str, FileNameError]] = []
        accepted: dict[str, str] = {}
        for name, text in files.items():
            try:
                if name not in self._texts:
                    check_name(name)
                accepted[name] = text
            except FileNameError as error:
                refused.append((name, error))
        self._texts = accepted
        return refused

    def write(self) -> None:
        """Make the directory hold the present files and no others that were here before: code is about to look at them."""
        for name in self._written.keys() - self._texts.keys():
            self.path(name).unlink(missing_ok=True)
            del self._written[name]
        for name, text in self._texts.items():
            if self._written.get(name) != text:
                self._write(name, text)
                self._written[name] = text

    def _write(self, name: str, text: str) -> None:
        # First under another name: a run in another thread never reads half a file.
        unfinished = self.path(f".{name}.unfinished")
        unfinished.write_text(text, encoding="utf-8", errors="replace", newline="")
        unfinished.replace(self.path(name))

    def remove(self) -> None:
        """Delete the directory."""
        self._removal()
