"""Copies of the built site with few pages, for tests of offline use. Caching the whole site takes 5 s of processor time."""

import importlib.util
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from repository import ROOT, SITE

FOLDERS = {"assets", "changelog", "install", "play", "search"}
"""The top-level folders that are copied."""
EXAMPLES = "assets/headwater/examples"
EXAMPLE = f"{EXAMPLES}/seattle-weather.json"
"""The only example that is copied."""
RUNTIME = "assets/headwater/runtime"
OMITTED = {"cards", "editions", "projects"}

_spec = importlib.util.spec_from_file_location("offline", ROOT / "docs" / "hooks" / "offline.py")
assert _spec is not None
assert _spec.loader is not None
offline = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = offline  # `dataclass` looks up the module in `sys.modules`
_spec.loader.exec_module(offline)


def copy_few_pages(folder: Path, *, with_python: bool) -> Path:
    """Copy the changelog, the installation page, the playground and one example, with a service worker for them."""
    shutil.copytree(SITE, folder, ignore=_omitted)
    if with_python:
        for file in (SITE / RUNTIME).glob("*.zst"):
            (folder / RUNTIME / file.name).symlink_to(file)
    write_worker(folder)
    return folder


def write_worker(folder: Path) -> None:
    """Write the service worker for the files in a folder."""
    offline.write_worker(folder)


def _omitted(directory: str, names: Iterable[str]) -> set[str]:
    here = Path(directory).relative_to(SITE)
    if here == Path():
        return {name for name in names if (SITE / name).is_dir() and name not in FOLDERS}
    if here == Path(EXAMPLES):
        return {*names} - {Path(EXAMPLE).name}
    return {name for name in names if name in OMITTED or name.endswith((".map", ".zst"))}
