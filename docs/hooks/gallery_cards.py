"""The markup of the gallery: cards, and buttons that filter them by tag without scripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from thumbnails import thumbnail

if TYPE_CHECKING:
    from headwater.wire.views import GraphView

MIN_CARDS: Final = 2
"""A tag has a filter button if at least this many cards have the tag."""
OWN_PAGE: Final = 'target="_self"'
"""Prevents instant navigation, which can open the playground's default example instead of the linked one."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a card."""

    label: str
    title: str
    """The label for screen readers, which names the example."""
    url: str
    is_download: bool = False

    @property
    def attributes(self) -> str:
        """The attributes that define the link's destination. Instant navigation ignores links that have a `target`."""
        return f'href="{escape(self.url)}" {"download" if self.is_download else OWN_PAGE}'

    @property
    def markup(self) -> str:
        """The link as HTML."""
        return f'<a {self.attributes} aria-label="{escape(self.title)}">{escape(self.label)}</a>'


@dataclass(frozen=True, slots=True)
class Card:
    """The contents of a card."""

    name: str
    title: str
    summary: str
    shows: str
    tags: Sequence[str]
    graph: GraphView
    links: Sequence[Link]
    """The drawing and the title link to the URL of the first link."""
    details: Sequence[str] = ()
    """Further paragraphs, as HTML."""

    @property
    def markup(self) -> str:
        """The card as HTML on one line."""
        main = self.links[0]
        href = main.attributes
        classes = " ".join(["hw-card", *(f"tagged-{identifier(tag)}" for tag in self.tags)])
        parts = [
            f'<article class="{classes}">',
            f'<a class="hw-drawing" {href} tabindex="-1" aria-hidden="true">{thumbnail(self.graph)}</a>',
            f'<h3 id="{self.name}"><a {href}>{escape(self.title)}</a></h3>',
            f"<p>{_text(self.summary)}</p>",
            f'<p class="shows">{_text(self.shows)}</p>',
            f'<p class="labels">{", ".join(map(escape, self.tags))}</p>',
            *self.details,
            f'<p class="links">{" ".join(link.markup for link in self.links)}</p>',
            "</article>",
        ]
        return "".join(parts)


def cards(shown: Iterable[Card]) -> str:
    """Return cards in a grid."""
    return f'<div class="hw-cards">{"".join(card.markup for card in shown)}</div>'


def tag_filter(shown: Sequence[Card]) -> str:
    """Return a button for all cards, and one for each common tag, which shows only the cards with that tag."""
    counts = Counter(tag for card in shown for tag in card.tags)
    tags = sorted((tag for tag, count in counts.items() if count >= MIN_CARDS), key=str.lower)
    names = [identifier(tag) for tag in tags]
    rules = ",".join(f".hw-gallery:has(#tag-{name}:checked) .hw-card:not(.tagged-{name})" for name in names)
    choices = [_choice("all", "All", len(shown), is_checked=True)]
    choices += [_choice(name, tag, counts[tag]) for name, tag in zip(names, tags, strict=True)]
    return (
        f"<style>{rules}{{display:none}}</style>"
        f'<fieldset class="hw-tags" data-search-exclude><legend>Show</legend>{"".join(choices)}</fieldset>'
    )


def identifier(tag: str) -> str:
    """Convert a tag to text that can be part of a CSS class name.

    >>> identifier("plain Python")
    'plain-python'
    """
    return re.sub(r"[^a-z0-9]+", "-", tag.lower())


def _choice(name: str, label: str, count: int, *, is_checked: bool = False) -> str:
    checked = " checked" if is_checked else ""
    return (
        f'<input type="radio" name="tag" id="tag-{name}"{checked}>'
        f'<label for="tag-{name}">{escape(label)} <span>{count}</span></label>'
    )


def _text(text: str) -> str:
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(text))
