"""Add the engine's wheel to the site, for projects that are exported from the playground."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from hatchling.builders.wheel import WheelBuilder
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "docs" / ".cache" / "wheel"
SERVED_AT = "assets/headwater"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the wheel of the current engine."""
    wheel = _cached() or _built()
    files.append(File.generated(config, f"{SERVED_AT}/{wheel.name}", abs_src_path=str(wheel)))
    return files


def _folder() -> Path:
    """Return a folder whose name changes with the sources."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    for path in sorted((ROOT / "src" / "headwater").rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return CACHE / digest.hexdigest()[:16]


def _cached() -> Path | None:
    return next(_folder().glob("*.whl"), None)


def _built() -> Path:
    shutil.rmtree(CACHE, ignore_errors=True)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")  # so that the same sources produce the same file
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(_folder()), versions=["standard"])
    return Path(path)
