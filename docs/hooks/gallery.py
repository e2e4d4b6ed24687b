"""Fill the gallery: a card for each example with a drawing of its graph, links, and the licenses of its data.

The gallery contains the examples in `docs/examples` that have tags. A dialog in the playground lists the same examples from
`gallery.json`. After them, the gallery shows the examples in `examples/`, which need libraries that do not run in a browser.
"""

from __future__ import annotations

import base64
import json
import zlib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from archives import archive, zipped
from editions import edition_of
from examples import Example, ExampleError
from gallery_cards import Card, Link, cards, tag_filter
from local_examples import LocalExample, local_examples
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

import headwater

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

DOCS: Final = Path(__file__).parents[1]
CACHE: Final = DOCS / ".cache"
PAGE: Final = "gallery.md"
COUNTS: Final = "<!-- counts -->"
FILTER: Final = "<!-- filter -->"
IN_THE_BROWSER: Final = "<!-- examples in the browser -->"
ON_YOUR_MACHINE: Final = "<!-- examples on your machine -->"
SERVED_AT: Final = "assets/headwater"
PLAYGROUND: Final = "play/"
UNCHANGED: Final = base64.urlsafe_b64encode(zlib.compress(b"{}")).rstrip(b"=").decode()
"""The payload of a link to an unchanged example. See `playground/src/share/codec.ts`."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the list of examples for the playground, and the archive of each example."""
    content = json.dumps([entry(example) for example in gallery()], ensure_ascii=False, separators=(",", ":"))
    files.append(File.generated(config, f"{SERVED_AT}/gallery.json", content=content))
    engine = f"headwater @ {config.site_url}{SERVED_AT}/headwater-{headwater.__version__}-py3-none-any.whl"
    for example in gallery():
        path = archive(example, engine, CACHE / "archives")
        files.append(File.generated(config, _archive_uri(example), abs_src_path=str(path)))
    for local in local_examples():
        files.append(File.generated(config, _archive_uri(local), content=zipped(local.name, local.files)))
    return files


@event_priority(100)  # runs before the plugin that converts pages to Markdown
def on_page_content(content: str, page: Page, **_: object) -> str:
    """Fill the gallery page. The cards are not Markdown, so they are added to the page's HTML."""
    if page.file.src_uri != PAGE:
        return content
    in_the_browser = [card(example, page.url) for example in gallery()]
    on_your_machine = [local_card(example, page.url) for example in local_examples()]
    texts = {
        COUNTS: counts(len(in_the_browser), len(on_your_machine)),
        FILTER: tag_filter([*in_the_browser, *on_your_machine]),
        IN_THE_BROWSER: cards(in_the_browser),
        ON_YOUR_MACHINE: cards(on_your_machine),
    }
    for place, text in texts.items():
        if content.count(place) != 1:
            raise PluginError(f"{PAGE} must contain the comment `{place}` exactly once.")
        content = content.replace(place, text)
    return content


def counts(in_the_browser: int, on_your_machine: int) -> str:
    """Return a sentence that explains why the gallery has more examples than the playground."""
    total = in_the_browser + on_your_machine
    return (
        f"<p>Of these {total} examples, {in_the_browser} run in your browser, and the playground lists them, too. "
        f"The other {on_your_machine} run only on your machine.</p>"
    )


def gallery(folder: Path = DOCS / "examples") -> list[Example]:
    """Return the examples that run in the browser, from the shortest code to the longest."""
    try:
        examples = [Example.read(settings.parent) for settings in sorted(folder.glob("*/example.toml"))]
    except ExampleError as problem:
        raise PluginError(str(problem)) from None
    for example in examples:
        if bool(example.tags) != bool(example.shows):
            raise PluginError(f"The example `{example.name}` must have both `tags` and `shows` in example.toml, or neither.")
    return sorted((example for example in examples if example.tags), key=_length)


def fragment(example: Example) -> str:
    """Return the fragment of the playground's URL that opens an example."""
    return f"#v1.{example.name}.{edition_of(example.files)}.{UNCHANGED}"


def entry(example: Example) -> dict[str, Any]:
    """Return the data about an example for the playground, in the shape that `playground/src/gallery/entries.ts` defines."""
    return {
        "name": example.name,
        "title": example.title,
        "summary": example.summary,
        "shows": example.shows,
        "tags": example.tags,
    }


def card(example: Example, page_url: str) -> Card:
    """Return the card of an example that runs in the browser."""
    try:
        graph = example.run_or_recall(CACHE / "examples")["graph"]
    except ExampleError as problem:
        raise PluginError(str(problem)) from None
    play = get_relative_url(PLAYGROUND, page_url) + fragment(example)
    download = get_relative_url(_archive_uri(example), page_url)
    return Card(
        name=example.name,
        title=example.title,
        summary=example.summary,
        shows=example.shows,
        tags=example.tags,
        graph=graph,
        links=[
            Link("Open", f"Open {example.title}", play),
            Link("Export", f"Export {example.title} as a project", download, is_download=True),
        ],
        details=_data(example),
    )


def local_card(example: LocalExample, page_url: str) -> Card:
    """Return the card of an example that runs on the visitor's machine."""
    download = get_relative_url(_archive_uri(example), page_url)
    return Card(
        name=example.name,
        title=example.title,
        summary=example.summary,
        shows=example.shows,
        tags=example.tags,
        graph=example.graph,
        links=[Link("Download", f"Download {example.title}", download, is_download=True)],
        details=[f'<p class="data">Runs on your machine: <code>{escape(example.run)}</code></p>'],
    )


def _data(example: Example) -> list[str]:
    """Return a paragraph with the files that an example loads, and their licenses."""
    credits_ = list(example.credits.items())
    if example.bundled is not None:
        credits_.append((example.bundled["name"], dict(example.bundled)))
    items = [
        f'<a href="{escape(credit["url"])}" title="{escape(credit["source"])}">{escape(name)}</a>: {escape(credit["license"])}'
        for name, credit in credits_
    ]
    return [f'<p class="data">{"<br>".join(items)}</p>'] if items else []


def _archive_uri(example: Example | LocalExample) -> str:
    return f"{SERVED_AT}/projects/{example.name}.zip"


def _length(example: Example) -> int:
    return sum(text.count("\n") for text in example.modules.values())
