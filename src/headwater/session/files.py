"""The files in a session: valid names, and the directory that holds them."""

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

MAX_NAME_LENGTH: Final = 100
MODULE: Final = ".py"


class FileNameError(ValueError):
    """A file name is not valid."""


def check_name(name: str) -> None:
    """Check that a file with this name would be in the session's directory and, if it is a module, could be imported.

    Raises:
        FileNameError: the name is not valid. The message gives the reason and a remedy.
    """
    if any(separator in name for separator in "/\\:"):
        raise FileNameError(f"`{name}` is not a valid file name. All files are in one folder, so a name cannot contain a path.")
    if not name or name.startswith(".") or len(name) > MAX_NAME_LENGTH or not name.isprintable():
        raise FileNameError(
            f"`{name[:MAX_NAME_LENGTH]}` is not a valid file name. Use at most {MAX_NAME_LENGTH} printable characters, "
            "and do not start with a dot."
        )
    if not name.endswith(MODULE):
        return
    module = module_name(name)
    if not module.isidentifier() or keyword.iskeyword(module) or module.startswith("__"):
        remedy = "".join(character if character.isalnum() else "_" for character in module).strip("_") or "flow"
        remedy = f"flow_{remedy}" if not remedy.isidentifier() or keyword.iskeyword(remedy) else remedy
        raise FileNameError(f"`{name}` cannot be imported as a module. Rename the file, for example to `{remedy}{MODULE}`.")
    if module in sys.stdlib_module_names or module == "headwater" or _is_installed(module):
        raise FileNameError(
            f"`{name}` would shadow the installed module `{module}`. Rename the file, for example to `my_{module}{MODULE}`."
        )


def _is_installed(module: str) -> bool:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return importlib.machinery.PathFinder.find_spec(module, list(folders)) is not None


def module_name(name: str) -> str:
    """Return the name under which a file is imported."""
    return name.removesuffix(MODULE)


def is_test_module(name: str) -> bool:
    """Return whether a file contains tests, according to the naming convention of pytest."""
    return name.startswith("test_") and name.endswith(MODULE)


class SessionFiles:
    """The modules and data files in a session, in a temporary directory."""

    def __init__(self) -> None:
        # Resolve symbolic links, as `os.getcwd()` does, because messages contain paths relative to the directory.
        self.directory = Path(os.path.realpath(tempfile.mkdtemp(prefix="headwater-")))
        self._texts: dict[str, str] = {}
        self._written: dict[str, str] = {}
        # Deletes the directory even if the session is never closed.
        self._removal = weakref.finalize(self, rmtree, self.directory, ignore_errors=True)

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of all files, keyed by file name."""
        return self._texts

    @property
    def dataflow(self) -> Mapping[str, str]:
        """The text of all files except test modules, keyed by file name."""
        return {name: text for name, text in self._texts.items() if not is_test_module(name)}

    @property
    def modules(self) -> dict[str, str]:
        """The source code of the dataflow, keyed by module name, in the order of the files."""
        return {module_name(name): text for name, text in self.dataflow.items() if name.endswith(MODULE)}

    @property
    def data(self) -> dict[str, str]:
        """The text of the data files, keyed by file name."""
        return {name: text for name, text in self._texts.items() if not name.endswith(MODULE)}

    @property
    def data_digest(self) -> str:
        """A digest that changes when a data file is changed, added or removed."""
        digest = blake2b(digest_size=16)
        for name, text in sorted(self.data.items()):
            digest.update(f"{name}\0{len(text)}\0".encode())
            digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def path(self, name: str) -> Path:
        """Return the path of a file."""
        return self.directory / name

    def replace(self, files: Mapping[str, str]) -> list[tuple[str, FileNameError]]:
        """Replace the files.

        Skip files with invalid names, and return each of these names with its error. The directory does not change before
        `write` is called.
        """
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
        """Write the current files to the directory, and delete previously written files that have been removed."""
        for name in self._written.keys() - self._texts.keys():
            self.path(name).unlink(missing_ok=True)
            del self._written[name]
        for name, text in self._texts.items():
            if self._written.get(name) != text:
                self._write(name, text)
                self._written[name] = text

    def _write(self, name: str, text: str) -> None:
        # Write to another name first, so a run in another thread never reads a partially written file.
        unfinished = self.path(f".{name}.unfinished")
        unfinished.write_text(text, encoding="utf-8", errors="replace", newline="")
        unfinished.replace(self.path(name))

    def remove(self) -> None:
        """Delete the directory."""
        self._removal()
