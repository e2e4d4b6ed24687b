"""Export each example as a zip file with a project: modules, data, a program, and tests of every value."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from examples import Example, engine_digest

from headwater.export import project
from headwater.session import Session

DATA_LICENSES: Final = "DATA_LICENSES.md"
DATA_FOLDER: Final = "dataflow/"
TIME: Final = (2026, 1, 1, 0, 0, 0)
"""The modification time of each file in an archive. It is constant, so the same sources produce the same archive."""


def archive(example: Example, engine: str, cache: Path) -> Path:
    """Return the path of the zip file with an example's project, and write that file unless it is cached.

    Args:
        example: the example.
        engine: the requirement that installs Headwater.
        cache: the folder of the cache.
    """
    key = json.dumps([example.files, example.credits, example.outputs, example.title, engine, engine_digest()])
    path = cache / f"{example.name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.zip"
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zipped(*_project(example, engine)))
    return path


def _project(example: Example, engine: str) -> tuple[str, dict[str, str]]:
    with Session() as session:
        session.update(example.files)
        session.run(example.outputs)
        exported = project(session.recording(), title=example.title, engine=engine)
    return exported.name, {**exported.files, **_data_licenses(example)}


def _data_licenses(example: Example) -> Mapping[str, str]:
    """Return a file that states the licenses of the example's data. The playground adds the same file to its exports."""
    items = [
        f"- `{DATA_FOLDER}{name}`: {credit['source']} (<{credit['url']}>). License: {credit['license']}."
        for name, credit in example.credits.items()
    ]
    if not items:
        return {}
    heading = f"# Licenses of the data\n\nThese files come from the example “{example.title}”:"
    return {DATA_LICENSES: "\n".join([heading, "", *items, ""])}


def zipped(folder: str, files: Mapping[str, str]) -> bytes:
    """Return the bytes of a zip archive that contains the files under `folder`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            member = zipfile.ZipInfo(f"{folder}/{name}", TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return buffer.getvalue()
