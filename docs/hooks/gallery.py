"""Fill the gallery: a card for each example with a drawing of its graph, links, and the licenses of its data.

The gallery contains the examples in `docs/examples` that have tags. A dialog in the playground lists them, too; it fetches
`gallery.json`.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from archives import archive
from editions import edition_of
from examples import Example, ExampleError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url
from thumbnails import thumbnail

import headwater

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS: Final = Path(__file__).parents[1]
CACHE: Final = DOCS / ".cache"
PAGE: Final = "gallery.md"
PLACE: Final = "<!-- examples in the browser -->"
FILTER: Final = "<!-- filter -->"
SERVED_AT: Final = "assets/headwater"
PLAYGROUND: Final = "play/"
UNCHANGED: Final = base64.urlsafe_b64encode(zlib.compress(b"{}")).rstrip(b"=").decode()
"""The payload of a link to an example without changes. See `playground/src/share/codec.ts`."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the list of examples for the playground, and the archive of each example."""
    engine = f"headwater @ {config.site_url}{SERVED_AT}/headwater-{headwater.__version__}-py3-none-any.whl"
    listed = [_entry(example) for example in gallery()]
    content = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    files.append(File.generated(config, f"{SERVED_AT}/gallery.json", content=content))
    for example in gallery():
        path = archive(example, engine, CACHE / "archives")
        files.append(File.generated(config, _archive_uri(example), abs_src_path=str(path)))
    return files


@event_priority(100)  # before the plugin that converts pages to Markdown
def on_page_content(content: str, page: Page, **_: object) -> str:
    """Fill the page. The cards are not Markdown, so they are added to its HTML."""
    if page.file.src_uri != PAGE:
        return content
    examples = gallery()
    for place, text in ((FILTER, tag_filter(examples)), (PLACE, cards(examples, page.url))):
        if content.count(place) != 1:
            raise PluginError(f"{PAGE} needs the comment `{place}` once.")
        content = content.replace(place, text)
    return content


def gallery(folder: Path = DOCS / "examples") -> list[Example]:
    """Return the examples in the gallery, from the shortest to the longest."""
    try:
        examples = [Example.read(settings.parent) for settings in sorted(folder.glob("*/example.toml"))]
    except ExampleError as problem:
        raise PluginError(str(problem)) from None
    for example in examples:
        if bool(example.tags) != bool(example.shows):
            raise PluginError(f"The example `{example.name}` needs both `tags` and `shows` in example.toml, or neither.")
    return sorted((example for example in examples if example.tags), key=_length)


def fragment(example: Example) -> str:
    """Return the fragment of the playground's address that opens an example."""
    return f"#v1.{example.name}.{edition_of(example.files)}.{UNCHANGED}"


def cards(examples: Iterable[Example], page_url: str) -> str:
    """Return a list of cards."""
    return f'<div class="hw-cards">{"".join(_card(example, page_url) for example in examples)}</div>'


def tag_filter(examples: Iterable[Example]) -> str:
    """Return buttons that show only the examples with a tag. They work without scripts."""
    tags = sorted({tag for example in examples for tag in example.tags}, key=str.lower)
    rules = ",".join(
        f".hw-gallery:has(#tag-{_identifier(tag)}:checked) .hw-card:not(.tagged-{_identifier(tag)})" for tag in tags
    )
    choices = [_choice("all", "All", is_checked=True), *(_choice(_identifier(tag), tag) for tag in tags)]
    return (
        f"<style>{rules}{{display:none}}</style>"
        f'<fieldset class="hw-tags" data-search-exclude><legend>Show</legend>{"".join(choices)}</fieldset>'
    )


def _card(example: Example, page_url: str) -> str:
    try:
        graph = example.run_or_recall(CACHE / "examples")["graph"]
    except ExampleError as problem:
        raise PluginError(str(problem)) from None
    title = escape(example.title)
    play = get_relative_url(PLAYGROUND, page_url) + fragment(example)
    download = get_relative_url(_archive_uri(example), page_url)
    classes = " ".join(["hw-card", *(f"tagged-{_identifier(tag)}" for tag in example.tags)])
    parts = [
        f'<article class="{classes}">',
        f'<a class="hw-drawing" href="{play}" tabindex="-1" aria-hidden="true">{thumbnail(graph)}</a>',
        f'<h3 id="{example.name}"><a href="{play}">{title}</a></h3>',
        f"<p>{escape(example.summary)}</p>",
        f'<p class="shows">{escape(example.shows)}</p>',
        f'<p class="labels">{", ".join(map(escape, example.tags))}</p>',
        _data(example),
        '<p class="links">',
        f'<a class="md-button" href="{play}" aria-label="Open {title}">Open</a>',
        f'<a href="{download}" download aria-label="Export {title} as a project">Export</a>',
        "</p></article>",
    ]
    return "".join(parts)


def _data(example: Example) -> str:
    credits_ = list(example.credits.items())
    if example.bundled is not None:
        credits_.append(("Data", dict(example.bundled)))
    if not credits_:
        return ""
    items = [
        f'<a href="{escape(credit["url"])}" title="{escape(credit["source"])}">{escape(name)}</a> ({escape(credit["license"])})'
        for name, credit in credits_
    ]
    return f'<p class="data">{", ".join(items)}</p>'


def _choice(identifier: str, label: str, *, is_checked: bool = False) -> str:
    checked = " checked" if is_checked else ""
    return (
        f'<input type="radio" name="tag" id="tag-{identifier}"{checked}><label for="tag-{identifier}">{escape(label)}</label>'
    )


def _identifier(tag: str) -> str:
    """Return a tag as part of a class.

    >>> _identifier("plain Python")
    'plain-python'
    """
    return re.sub(r"[^a-z0-9]+", "-", tag.lower())


def _entry(example: Example) -> dict[str, Any]:
    """Return the data about an example for the playground, as in `playground/src/gallery/entries.ts`."""
    return {
        "name": example.name,
        "title": example.title,
        "summary": example.summary,
        "shows": example.shows,
        "tags": example.tags,
    }


def _archive_uri(example: Example) -> str:
    return f"{SERVED_AT}/projects/{example.name}.zip"


def _length(example: Example) -> int:
    return sum(text.count("\n") for text in example.modules.values())
