"""The licenses of Python in the browser: the licenses of the files that `playground/runtime/files.json` lists."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Final

from licenses.components import Component, LicenseError, LicenseText, Section
from licenses.expressions import normalized
from licenses.identified import identify

LICENSE_FILE: Final = re.compile(r"(?i)(?:^|/)(?:[\w-]+_)?(?:licen[cs]e|copying|notice|copyright)[^/]*$")
"""The path of a license in a wheel, such as `numpy/ma/LICENSE` and `LICENSES/KLIB_LICENSE`."""
NOT_A_TEXT: Final = re.compile(r"\.(?:pyi?|svg|h|so)$")
CLASSIFIERS: Final = {
    "Apache Software License": "Apache-2.0",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""The classifiers that identify one license. Others are ambiguous: there are several licenses called `BSD License`."""
WEBSITES: Final = ("source", "source code", "repository", "homepage")


def python_components(pinned: Path, files: Path, manifest: Path) -> Iterator[Component]:
    """Yield a component for each file in the list.

    Args:
        pinned: the path of the list, `files.json`.
        files: the folder with the files.
        manifest: the list of the files that the page fetches. Each of their distributions must have a component.
    """
    listed = json.loads(pinned.read_text(encoding="utf-8"))
    components = list(_components(listed, files))
    yield from components
    known = {(_normalized_name(component.name), component.version) for component in components}
    for file in json.loads(manifest.read_text(encoding="utf-8"))["files"]:
        distribution = file.get("distribution")
        if distribution is not None and (_normalized_name(distribution["name"]), distribution["version"]) not in known:
            raise LicenseError(
                f"The page fetches {distribution['name']} {distribution['version']} ({manifest}), "
                f"which {pinned} does not list. Build Python for the browser again: `make site`."
            )


def _components(listed: Any, files: Path) -> Iterator[Component]:
    versions = listed["versions"]
    yield _described("Pyodide", versions["pyodide"], "Python for browsers", "https://github.com/pyodide/pyodide")
    for file in listed["files"]:
        path = files / file["name"]
        if file["part"] in ("loader", "lock"):
            continue  # parts of Pyodide
        if file["part"] == "standard-library":
            yield _described(
                "CPython", versions["python"], "Python and its standard library", "https://github.com/python/cpython"
            )
        elif path.suffix == ".whl":
            yield wheel_component(path)
        else:
            name, _, version = path.stem.partition("-")
            yield _described(name, version, "", None)


def _described(name: str, version: str, purpose: str, url: str | None) -> Component:
    return Component(Section.PYTHON, name, version, purpose, url, None, "it has no metadata")


def wheel_component(path: Path) -> Component:
    """Return the component in a wheel."""
    with zipfile.ZipFile(path) as wheel:
        names = sorted(wheel.namelist())
        (metadata_file,) = (name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = BytesParser().parsebytes(wheel.read(metadata_file))
        folder = metadata_file.rpartition("/")[0]
        listed = {name for file in metadata.get_all("License-File", []) for name in names if name.endswith(f"/{file}")}
        texts = [
            LicenseText(re.sub(rf"^{re.escape(folder)}/(?:licenses/)?", "", name), wheel.read(name).decode("utf-8", "replace"))
            for name in names
            if (name in listed and name.startswith(folder)) or (LICENSE_FILE.search(name) and not NOT_A_TEXT.search(name))
        ]
    found, evidence = declared(metadata, texts)
    return Component(
        Section.PYTHON,
        metadata["Name"],
        metadata["Version"],
        metadata["Summary"],
        website(metadata),
        found,
        evidence,
        tuple(texts),
    )


def declared(metadata: Message, texts: list[LicenseText]) -> tuple[str | None, str]:
    """Return the license that a distribution declares and a description of its metadata.

    A license file is evidence only if it is the distribution's own and contains the text of one well-known license.
    """
    field = metadata["License"] or ""
    classifiers = [name.rpartition(" :: ")[2] for name in metadata.get_all("Classifier", []) if name.startswith("License :: ")]
    own = [text.content for text in texts if re.fullmatch(r"(?i)(licen[cs]e|copying)(\.\w+)?", text.title)]
    evidence = f"License-Expression {metadata['License-Expression']!r}, License {field[:60]!r}, classifiers {classifiers}"
    candidates = [
        normalized(metadata["License-Expression"] or ""),
        normalized(field) if len(field) < 100 else identify(field),
        CLASSIFIERS.get(classifiers[0]) if len(classifiers) == 1 else None,
        identify(own[0]) if len(own) == 1 and len(classifiers) < 2 else None,
    ]
    return next((candidate for candidate in candidates if candidate is not None), None), evidence


def website(metadata: Message) -> str | None:
    """Return the URL of a distribution's source code, or of its website if no source code is listed."""
    rows = (row.partition(",") for row in metadata.get_all("Project-URL", []))
    urls = {label.strip().lower(): url.strip() for label, _, url in rows}
    return next((urls[label] for label in WEBSITES if label in urls), metadata["Home-page"])


def _normalized_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
