"""The page about third-party licenses: a table for each section, and the texts. Identical texts are shown once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from licenses.components import Component, LicenseText, Section
from licenses.expressions import ADDRESSES, Policy, readable
from licenses.inventory import Inventory

KINDS: Final = "<!-- accepted licenses -->"
TEXTS: Final = "<!-- license texts -->"


@dataclass(frozen=True, slots=True)
class TextGroup:
    """A license text, and the components that include it."""

    number: int
    text: LicenseText
    components: list[Component]

    @property
    def anchor(self) -> str:
        """Return the anchor of the text on the page."""
        return f"license-text-{self.number}"


def filled(content: str, inventory: Inventory) -> str:
    """Return the page's HTML with its tables and texts."""
    groups = text_groups(inventory.components)
    for section in Section:
        content = content.replace(_mark(section), _table(section, inventory, groups))
    content = content.replace(KINDS, _kinds(inventory.policy))
    return content.replace(TEXTS, "".join(map(_details, groups.values())))


def _mark(section: Section) -> str:
    return f"<!-- components: {section.value} -->"


def text_groups(components: Iterable[Component]) -> dict[str, TextGroup]:
    """Return groups of identical texts. Differences in white space do not count."""
    groups: dict[str, TextGroup] = {}
    numbers = count(1)
    for component in components:
        for text in component.texts:
            key = _comparable(text)
            if key not in groups:
                groups[key] = TextGroup(next(numbers), text, [])
            if component not in groups[key].components:
                groups[key].components.append(component)
    return groups


def _comparable(text: LicenseText) -> str:
    return re.sub(r"\s+", " ", text.content).strip()


def _table(section: Section, inventory: Inventory, groups: dict[str, TextGroup]) -> str:
    components = sorted(
        (component for component in inventory.components if component.section is section), key=lambda each: each.name.lower()
    )
    rows = "".join(_row(component, groups) for component in components)
    head = "<tr><th>Name</th><th>Version</th><th>License</th><th>Used for</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _row(component: Component, groups: dict[str, TextGroup]) -> str:
    cells = (_name(component), html.escape(component.version), _license(component, groups), html.escape(component.purpose))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _name(component: Component) -> str:
    name = html.escape(component.name)
    url = component.url
    return name if url is None or not url.startswith("https://") else f'<a href="{html.escape(url)}">{name}</a>'


def _license(component: Component, groups: dict[str, TextGroup]) -> str:
    """Return the name of a component's license with links to its texts."""
    name = html.escape(readable(component.license or ""))
    if component.license in ADDRESSES and not component.texts:
        return f'<a href="{ADDRESSES[component.license]}">{name}</a>'
    first, *more = dict.fromkeys(groups[_comparable(text)].anchor for text in component.texts) or [None]
    if first is None:
        return name
    others = "".join(f' <a href="#{anchor}">{number}</a>' for number, anchor in enumerate(more, start=2))
    return f'<a href="#{first}">{name}</a>{others and f" and texts{others}"}'


def _kinds(policy: Policy) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(kind.title)}</td><td>{html.escape(', '.join(map(readable, kind.licenses)))}</td>"
        f"<td>{html.escape(kind.reason)}</td></tr>"
        for kind in policy.kinds
    )
    return f"<table><thead><tr><th>Kind</th><th>Licenses</th><th>Terms</th></tr></thead><tbody>{rows}</tbody></table>"


def _details(group: TextGroup) -> str:
    names = ", ".join(_distinct(component.name for component in group.components))
    summary = f"{html.escape(names)}: {html.escape(group.text.title)}"
    text = html.escape(group.text.content.strip("\n"))
    return (
        f'<details data-search-exclude class="hw-license"><summary>{summary}</summary>'
        f'<pre id="{group.anchor}" tabindex="0">{text}</pre></details>'
    )


def _distinct(names: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(names)
