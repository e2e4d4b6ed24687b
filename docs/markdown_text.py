"""Prepare the HTML of a page for its conversion to Markdown. The `llmstxt` plugin loads this file again for each page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from steps.course import current_course

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4 import BeautifulSoup, Tag

EXAMPLES = Path(__file__).parent / "examples"
FOR_THE_TERMINAL = "run.py"
WITHOUT_MARKDOWN = ("play/", "embed/", "third-party/")
"""Pages that exist only as HTML. The plugin would turn links to them into links to Markdown."""


def preprocess(soup: BeautifulSoup, output: str) -> None:  # noqa: ARG001 - the plugin passes this argument
    """Replace playgrounds with their code, remove drawings, correct links, and escape vertical bars in tables."""
    for play in soup.find_all("hw-play"):
        play.replace_with(*_code_blocks(soup, play))
    for drawing in soup.select(".hw-drawn, .hw-drawing, .hw-tags, style, script"):
        drawing.decompose()
    for link in soup.find_all("a", href=True):
        if str(link["href"]).endswith(WITHOUT_MARKDOWN):
            link["href"] = f"{link['href']}index.html"
    for code in soup.select("td code"):
        code.string = code.get_text().replace("|", r"\|")


def _code_blocks(soup: BeautifulSoup, play: Tag) -> list[Tag]:
    blocks: list[Tag] = []
    for source in _sources(play):
        block = soup.new_tag("pre", attrs={"class": "language-python"})
        block.append(soup.new_tag("code", string=source))
        blocks.append(block)
    return blocks


def _sources(play: Tag) -> list[str]:
    code, example = play.get("code"), play.get("example")
    if isinstance(code, str):
        return [code]
    modules = _modules(example) if isinstance(example, str) else {}
    return [f"# {name}\n{text}" for name, text in modules.items()]


def _modules(example: str) -> Mapping[str, str]:
    """Return the modules of an example in `docs/examples`, or those at the start of a step of the course."""
    for step in current_course().steps:
        if step.example_name == example:
            return step.start
    paths = sorted((EXAMPLES / example).glob("*.py"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths if path.name != FOR_THE_TERMINAL}
