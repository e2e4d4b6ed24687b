"""All third-party components of the site, completed and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps.course import current_course, data_folders

from licenses.components import Component, LicenseError, Section
from licenses.data_files import data_components
from licenses.expressions import ADDRESSES, Policy, symbols
from licenses.identified import identify
from licenses.packages import npm_components
from licenses.python_files import python_components
from licenses.supplements import Supplements
from licenses.theme import page_components

HERE: Final = Path(__file__).parent
DOCS: Final = HERE.parent
PLAYGROUND: Final = DOCS.parent / "playground"
NO_TEXT: Final = "public-domain"
"""Licenses with this word in their identifier have no text."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """The components that are shipped, and the policy that accepts their licenses."""

    components: tuple[Component, ...]
    policy: Policy

    @classmethod
    def of(cls, found: Iterable[Component], supplements: Supplements, policy: Policy) -> Inventory:
        """Complete and check components.

        Raises:
            LicenseError: a license is unknown or unsuitable, or its text is missing. The message names all such components.
        """
        completed: list[Component] = []
        problems: list[str] = []
        for component in found:
            try:
                completed += supplements.complete(component)
            except LicenseError as problem:
                problems.append(str(problem))
        problems += [problem for component in completed for problem in problems_of(component, policy)]
        if problems:
            raise LicenseError("\n\n".join(problems))
        unique = dict.fromkeys(completed)
        used = policy.used(component.license for component in unique if component.license is not None)
        return cls(tuple(unique), used)


def shipped(templates: Path) -> Iterator[Component]:
    """Yield the components that the site ships.

    Args:
        templates: the folder of the theme's templates.
    """
    cache = PLAYGROUND / ".cache"
    yield from npm_components([cache / "bundled" / "dist.json", cache / "bundled" / "dist-worker.json"])
    yield from python_components(
        PLAYGROUND / "runtime" / "files.json", cache / "files", manifest=cache / "pack" / "manifest.json"
    )
    yield from page_components(templates)
    for folder in data_folders(current_course().folder):
        yield from data_components(folder)


def inventory(templates: Path) -> Inventory:
    """Return the inventory of the site.

    Raises:
        LicenseError: if a license is unknown or unsuitable.
    """
    supplements, policy = Supplements.read(HERE / "supplements.toml"), Policy.read(HERE / "policy.toml")
    return Inventory.of(shipped(templates), supplements, policy)


def problems_of(component: Component, policy: Policy) -> Iterator[str]:
    """Yield the problems with a component's license and their remedies."""
    remedy = f'[components."{component.key}"] in docs/licenses/supplements.toml'
    if component.license is None:
        yield (
            f"The license of {component} is unknown ({component.evidence}). Look it up, and add it with a `reason` to {remedy}."
        )
        return
    if not policy.accepts(component.license):
        yield (
            f"{component} has the license {component.license}, which docs/licenses/policy.toml does not accept. "
            "Do not ship the component, or add the license to a kind there whose reason applies."
        )
    if not component.texts and not all(_needs_no_text(component.section, name) for name in symbols(component.license)):
        yield f"{component} ({component.license}) has no license text. Add `texts` or `copyright` to {remedy}."
    for text in component.texts:
        identified = identify(text.content)
        if identified is not None and not policy.accepts(identified):
            yield (
                f"{component} contains the text of {identified} ({text.title}), "
                "which docs/licenses/policy.toml does not accept. Find the part that the license covers, and do not ship it."
            )


def _needs_no_text(section: Section, name: str) -> bool:
    return NO_TEXT in name or (section is Section.DATA and name in ADDRESSES)
