"""Selects wheels with micropip, for `sandbox/resolver.ts`. No wheel is installed in this Python.

micropip 0.9 has no public function that only selects wheels, so this module uses its `Transaction`. The version is pinned.
"""

from __future__ import annotations

import json
import zlib
from typing import Any
from zipfile import BadZipFile

from micropip._vendored.packaging.src.packaging.markers import default_environment
from micropip._vendored.packaging.src.packaging.requirements import InvalidRequirement, Requirement
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.metadata import UnsupportedWheel
from micropip.transaction import Transaction
from micropip.wheelinfo import WheelInfo


class Rejected(Exception):
    """The requirements cannot be met. The message is for the visitor."""


async def resolve(query: str) -> str:
    """Return a `ResolverReply` to a `PackageQuery`. Both are JSON text."""
    try:
        reply = await _resolve(**json.loads(query))
    except Rejected as rejection:
        reply = {"kind": "rejected", "message": str(rejection)}
    return json.dumps(reply)


async def _resolve(requirements: list[str], constraints: list[str], index: str, locked: list[dict[str, str]]) -> dict[str, Any]:
    del locked  # micropip reads these packages from the lock file
    transaction = _Transaction(
        ctx=default_environment(),
        ctx_extras=[],
        keep_going=True,
        deps=True,
        pre=False,
        fetch_kwargs={},
        index_urls=[index],
        constraints=constraints,
    )
    transaction.search_pyodide_lock_first = True  # micropip would do so only for the default index
    try:
        await transaction.gather_requirements([_parsed(text) for text in requirements])
    except KeyError as error:
        raise Rejected(f"{error.args[0]}. Check the name in the brackets.") from None
    for wheel in transaction.wheels:
        for dependency in _dependencies(wheel):
            _refuse_url(dependency, f"{wheel.name} {wheel.version} needs")
    failed = [
        {"name": each.name, "versions": str(each.specifier), "by": _dependent(each.name, transaction)}
        for each in transaction.failed
    ]
    return {"kind": "resolved", "wheels": [wheel.url for wheel in transaction.wheels], "failed": failed}


class _Transaction(Transaction):
    def check_version_satisfied(self, req: Requirement) -> tuple[bool, str]:
        """Return whether a version of the package is selected, and which. Raise `Rejected` if that version does not fit."""
        selected = self.locked.get(req.name)
        if selected is None:
            return False, ""  # packages installed in this Python do not count
        if req.specifier.contains(selected.version, prereleases=True):
            return True, selected.version
        raise Rejected(
            f"The packages conflict: one of them needs {req.name}{req.specifier}, "
            f"but {req.name} {selected.version} was selected for another package. "
            f"Add a requirement for a version of {req.name} that satisfies both."
        )

    async def add_wheel(self, wheel: WheelInfo, extras: set[str], *, specifier: str = "") -> None:
        """Select a wheel, and then the packages that it needs."""
        try:
            await super().add_wheel(wheel, extras, specifier=specifier)
        except (BadZipFile, UnsupportedWheel, OSError, ValueError, zlib.error):  # micropip would report that no wheel was found
            raise Rejected(f"{wheel.name} {wheel.version} is damaged: its metadata cannot be read.") from None


def _parsed(text: str) -> Requirement:
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        raise Rejected(f"“{text}” is not a valid requirement. Examples: rich, rich[jupyter], rich>=13,<14.") from None
    _refuse_url(requirement, "The code needs")
    return requirement


def _refuse_url(requirement: Requirement, subject: str) -> None:
    if requirement.url is not None:
        raise Rejected(f"{subject} {requirement.name} from a URL. This page fetches packages only from its index.")


def _dependencies(wheel: WheelInfo) -> list[Requirement]:
    """Return the requirements of a selected wheel, including those of its requested extras."""
    return wheel._requires or []  # noqa: SLF001 - `requires()` does not know which extras were requested


def _dependent(name: str, transaction: Transaction) -> str | None:
    """Return the selected package that needs another package, or None if the visitor's code needs it."""
    for wheel in transaction.wheels:
        if any(canonicalize_name(each.name) == canonicalize_name(name) for each in _dependencies(wheel)):
            return wheel.name
    return None
