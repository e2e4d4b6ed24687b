"""A page is prepared for its conversion to Markdown."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

bs4 = pytest.importorskip("bs4", reason="needs the packages for the site")

SPEC = importlib.util.spec_from_file_location("docs_markdown_text", Path(__file__).parents[2] / "docs" / "markdown_text.py")
assert SPEC is not None
assert SPEC.loader is not None
markdown_text = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(markdown_text)


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    for name in ("flow.py", "prices.py", "run.py", "data.csv"):
        (folder / name).write_text(f"content of {name}", encoding="utf-8")
    monkeypatch.setattr(markdown_text, "EXAMPLES", tmp_path)


def prepared(html: str) -> str:
    soup = bs4.BeautifulSoup(html, "html.parser")
    markdown_text.preprocess(soup, "page.md")
    return str(soup)


@pytest.mark.usefixtures("examples")
def test_a_playground_becomes_the_code_of_its_example() -> None:
    assert prepared('<p>a</p><hw-play example="shop" height="3"></hw-play>') == (
        '<p>a</p><pre class="language-python"><code># flow.py\ncontent of flow.py</code></pre>'
        '<pre class="language-python"><code># prices.py\ncontent of prices.py</code></pre>'
    )


def test_a_step_of_the_course_becomes_the_code_at_its_start() -> None:
    step = next(step for step in markdown_text.current_course().steps if step.start)
    prepared_step = bs4.BeautifulSoup(prepared(f'<hw-play example="{step.example_name}"></hw-play>'), "html.parser")
    texts = [f"# {name}\n{text}" for name, text in step.start.items()]
    assert [block.get_text() for block in prepared_step.find_all("code")] == texts


def test_a_playground_with_its_own_code_becomes_that_code() -> None:
    page = '<hw-play code="def a() -&gt; int:&#10;    return 1"></hw-play>'
    assert prepared(page) == '<pre class="language-python"><code>def a() -&gt; int:\n    return 1</code></pre>'


@pytest.mark.usefixtures("examples")
@pytest.mark.parametrize("play", ['<hw-play example="absent"></hw-play>', "<hw-play></hw-play>"])
def test_a_playground_without_code_is_removed(play: str) -> None:
    assert prepared(f"<p>a</p>{play}") == "<p>a</p>"


def test_drawings_and_styles_are_removed() -> None:
    assert prepared('<style>a{}</style><div class="hw-drawn"><svg></svg>with the decorator</div><p>a</p>') == "<p>a</p>"


def test_a_link_to_a_page_without_markdown_stays_a_link_to_the_page() -> None:
    assert prepared('<a href="../play/">a</a><a href="../guides/async/">b</a>') == (
        '<a href="../play/index.html">a</a><a href="../guides/async/">b</a>'
    )


def test_a_bar_in_a_table_does_not_end_the_cell() -> None:
    table = "<table><tr><td><code>str | None</code></td></tr></table>"
    assert prepared(table) == table.replace("|", "\\|")
    assert prepared("<code>str | None</code>") == "<code>str | None</code>"
