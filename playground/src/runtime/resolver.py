"""Selects wheels with micropip, for `sandbox/resolver.ts`. No wheel is installed in this Python.

micropip 0.9 has no public function that only selects wheels, so this module uses its `Transaction`. The version is pinned.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypedDict
from zipfile import BadZipFile

from micropip._vendored.packaging.src.packaging.markers import default_environment
from micropip._vendored.packaging.src.packaging.requirements import InvalidRequirement, Requirement
from micropip._vendored.packaging.src.packaging.specifiers import SpecifierSet
from micropip._vendored.packaging.src.packaging.utils import canonicalize_name
from micropip.metadata import UnsupportedWheel
from micropip.transaction import Transaction
from micropip.wheelinfo import WheelInfo


class Rejected(Exception):
    """The requirements cannot be met. The message is for the visitor."""


async def resolve(query: str, extras: str) -> str:
    """Return a `ResolverReply` to a `PackageQuery`. Both are JSON text, as is `extras`: the extras of the page's packages."""
    try:
        reply = await _resolve(extras=json.loads(extras), **json.loads(query))
    except Rejected as rejection:
        reply = {"kind": "rejected", "message": str(rejection)}
    return json.dumps(reply)


async def _resolve(
    requirements: list[str],
    constraints: list[str],
    index: str,
    locked: list[dict[str, str]],
    extras: Mapping[str, _Extras],
) -> dict[str, Any]:
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
    transaction.search_pyodide_lock_first = True  # by default, micropip does this only for its own index
    transaction.page_extras = PageExtras(extras, {package["name"] for package in locked})
    requested = [_parsed(text) for text in requirements]
    try:
        await transaction.gather_requirements(requested)
    except KeyError as error:
        raise Rejected(f"{error.args[0]}. Check the name in the brackets.") from None
    for wheel in transaction.wheels:
        for dependency in _dependencies(wheel):
            _refuse_url(dependency, f"{wheel.name} {wheel.version} needs")
    names = {canonicalize_name(requirement.name) for requirement in requested}
    failed = [_failure(each, transaction, names) for each in transaction.failed]
    return {"kind": "resolved", "wheels": [wheel.url for wheel in transaction.wheels], "failed": failed}


class _Extras(TypedDict):
    """The extras of one of the page's packages, and the package's requirements whose markers mention an extra."""

    names: list[str]
    requires: list[str]


class PageExtras:
    """The extras of the page's packages. micropip has no metadata for these packages."""

    def __init__(self, extras: Mapping[str, _Extras], packages: AbstractSet[str]) -> None:
        self._extras = extras
        self._packages = packages
        self._selected: set[tuple[str, str]] = set()
        self.dependents: dict[str, str] = {}
        """For each package name, the package and extra that need that package, such as `pandas[excel]`."""

    def select(self, package: str, extra: str) -> list[Requirement]:
        """Return the requirements of an extra; none if the extra was selected before."""
        names = {canonicalize_name(name): name for name in self._extras.get(package, {"names": []})["names"]}
        name = names.get(canonicalize_name(extra))
        if name is None:
            known = f"Its extras are: {', '.join(sorted(names))}." if names else "It has no extras."
            raise Rejected(f"{package} has no extra named {extra}. {known}")
        if (package, name) in self._selected:
            return []
        self._selected.add((package, name))
        required = [Requirement(text) for text in self._extras[package]["requires"]]
        return [self._unconditional(each, f"{package}[{name}]") for each in required if _is_required_by(each, name)]

    def _unconditional(self, requirement: Requirement, dependent: str) -> Requirement:
        _refuse_url(requirement, f"{dependent} needs")
        name = canonicalize_name(requirement.name)
        requirement.marker = None
        if name in self._packages:
            requirement.specifier = SpecifierSet()  # accept the site's version, because the site has no other
        else:
            self.dependents.setdefault(name, dependent)
        return requirement


def _is_required_by(requirement: Requirement, extra: str) -> bool:
    """Return whether a requirement applies only if an extra is requested."""
    marker = requirement.marker
    return marker is not None and marker.evaluate({"extra": extra}) and not marker.evaluate({"extra": ""})


class _Transaction(Transaction):
    page_extras: PageExtras

    def check_version_satisfied(self, req: Requirement) -> tuple[bool, str]:
        """Return whether a version of the package is selected, and that version. Raise `Rejected` if it does not fit."""
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

    async def _add_requirement_from_pyodide_lock(self, req: Requirement) -> bool:
        """Return whether the page has a package. If so, select the requirements of its requested extras."""
        has_package = await super()._add_requirement_from_pyodide_lock(req)
        if has_package:
            for extra in sorted(req.extras):
                await self.gather_requirements(self.page_extras.select(req.name, extra))
        return has_package

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


def _failure(requirement: Requirement, transaction: _Transaction, requested: AbstractSet[str]) -> dict[str, Any]:
    """Return a requirement for which no wheel was found, as a `FailedRequirement`."""
    name = canonicalize_name(requirement.name)
    wheel = _dependent(name, transaction)
    extra = transaction.page_extras.dependents.get(name)
    return {
        "name": requirement.name,
        "versions": str(requirement.specifier),
        "by": wheel or extra,
        "isOptional": extra is not None and wheel is None and name not in requested,
    }


def _dependent(name: str, transaction: Transaction) -> str | None:
    """Return the selected package that needs `name`, or None if the visitor's code needs it."""
    for wheel in transaction.wheels:
        if any(canonicalize_name(each.name) == canonicalize_name(name) for each in _dependencies(wheel)):
            return wheel.name
    return None
