"""Titles from links, escaped for files, TOML, Python and Markdown."""

from __future__ import annotations

import ast
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.export import node_test, script
from headwater.export.safe_names import WINDOWS_DEVICES
from headwater.export.titles import (
    MAX_TITLE_LENGTH,
    clean_title,
    docstring,
    folder_name,
    markdown_code,
    markdown_text,
    one_line,
)
from headwater.session import Session


@pytest.fixture(scope="module")
def markdown() -> Any:
    """Return a Markdown parser that is as strict as GitHub's."""
    return pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")


HOSTILE = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "a\udfffb",
    "one\ntwo",
    "one\r\ntwo\u2028three\u2029four\x85five\x0bsix",
    '"""\nimport os',
    "\\",
    'quote" and \\"',
    "'''",
    "dot\u202egnp.html",
    "\u2066hidden\u2069",
    "zero\u200bwidth\ufeff",
    "\ufffe\uffff",
    "<script>alert(1)</script>",
    "<!-- comment",
    "</h1><img src=x onerror=alert(1)>",
    "[a](http://evil.example)",
    "![a](http://evil.example/a.png)",
    "[a]: http://evil.example",
    "<http://evil.example>",
    "http://evil.example",
    "www.evil.example",
    "WWW.evil.example",
    "ann@evil.example",
    "mailto:ann@evil.example",
    "&lt;b&gt;",
    "&#60;b>",
    "`code` ``more",
    "a | b",
    "# heading #",
    "$x$",
    "~~gone~~",
    "*bold* _under_",
    "../../etc",
    "C:\\Windows",
    "CON",
    "nul.txt",
    "LPT9",
    "x" * 10_000,
    "\u202e" * 10_000,
]

texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(st.characters()), st.text("<>[]()`*_#|\\!&:/.@w hx\n\"'"))


@given(texts)
def test_a_clean_title_is_one_line_of_visible_characters(title: str) -> None:
    cleaned = clean_title(title)
    assert 1 <= len(cleaned) <= MAX_TITLE_LENGTH
    assert cleaned == cleaned.strip()
    assert cleaned.splitlines() == [cleaned]
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert clean_title(cleaned) == cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize("title", ["Seattle weather", "Größe (2026): 50 %", "天気", "It's “fine”", "a & b <c>"])
def test_an_ordinary_title_is_unchanged(title: str) -> None:
    assert clean_title(title) == title


@given(texts)
def test_a_folder_name_has_letters_and_digits_and_is_not_a_device(title: str) -> None:
    name = folder_name(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 70
    assert name not in WINDOWS_DEVICES


@given(title=texts)
def test_markdown_text_shows_only_its_characters(markdown: Any, title: str) -> None:
    cleaned = clean_title(title)
    (_, heading, _) = markdown.parse(f"# {markdown_text(cleaned)}")
    assert {token.type for token in heading.children} <= {"text", "text_special"}
    shown = "".join(token.content for token in heading.children)
    assert shown.replace(" at ", "@") == cleaned.replace(" at ", "@")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("http://evil.example", r"http\:\/\/evil.example"),
        ("see WWW.evil.example", r"see WWW\.evil.example"),
        ("ann@evil.example", "ann at evil.example"),
        ("a@b@c", "a at b at c"),
        ("mailto:ann@evil.example", r"mailto\:ann at evil.example"),
        ("5 @ 3", "5 @ 3"),
        ("<b>", r"\<b\>"),
        ("a\n\n# b", r"a \# b"),
    ],
)
def test_automatic_links_in_markdown_are_prevented(text: str, markdown: str) -> None:
    assert markdown_text(text) == markdown


@given(text=texts)
def test_markdown_code_is_one_piece_of_code_in_a_cell(markdown: Any, text: str) -> None:
    tokens = markdown.parse(f"| a | b |\n|---|---|\n| {markdown_code(text)} | after |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert [cell.content for cell in (cells[0], cells[1], cells[-1])] == ["a", "b", "after"]
    assert len(cells) == 4
    (code,) = cells[2].children or []
    assert code.type == "code_inline"
    assert code.content.strip() == one_line(text)


@given(texts)
def test_any_text_becomes_one_docstring(text: str) -> None:
    (statement,) = ast.parse(docstring(text)).body
    assert isinstance(statement, ast.Expr)
    assert ast.literal_eval(statement.value) == one_line(text).replace('"', "'")


@pytest.mark.parametrize("name", ['a"""\nimport os', "a\\", "a\0b", "\ud800", "a\u202eb", '"', "\n"])
def test_the_test_and_the_script_of_a_node_of_any_name_are_programs(name: str) -> None:
    flow = f"from headwater import extract_fields\n\n\n@extract_fields({{{name!r}: int}})\ndef whole() -> dict:\n"
    with Session() as session:
        session.update({"flow.py": f"{flow}    return {{{name!r}: 1}}\n"})
        session.run()
        recording = session.recording()
    for text in (script(recording, name), node_test(recording, name)):
        text.encode()
        assert [type(node).__name__ for node in ast.parse(text).body[:1]] == ["Expr"]
        assert "import os" not in text.splitlines()
