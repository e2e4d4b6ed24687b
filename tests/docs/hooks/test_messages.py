"""The messages page contains all text that users see, but no code."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[3]
SPEC = importlib.util.spec_from_file_location("docs_hooks_messages", ROOT / "docs" / "hooks" / "messages.py")
assert SPEC is not None
assert SPEC.loader is not None
messages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(messages)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("`{name}` depends on itself.", True),
        ("Rename a parameter.", True),
        ("Write `import pandas` above it.", True),
        ("a value, as text", True),
        ("data frame", False),
        ("one two three", False),
        ("utf-8", False),
        ("No outputs.", True),
        ("{name} is needed.", True),
        ("Mod-k Mod-i", False),
        ("lit/directives/repeat.js", False),
        ("import sys, types", False),
        ("position: absolute; width: 0", False),
        ("li[aria-selected] has a detail", False),
        ("M{left}L{tip}L{right}Z", False),
        ("SELECT key FROM traces WHERE version = ?", False),
        ("Select fewer outputs to see this one.", True),
        ("Callable[[type[Any], str], str | None] | a b c", False),
        ("underline wavy var(--bad) in a box", False),
        ("&.focused > .layer .background, .background is a rule", False),
        ("False None True " * 6, False),
        (r"\bdef (\w+) has a name", False),
        ("<p>It has a name.</p>", False),
        ("const a = () => it has a name", False),
        ("https://example.org has a name", False),
    ],
)
def test_a_sentence_is_told_from_code(value: str, sentence: bool) -> None:
    assert messages.is_sentence(value) is sentence


def test_the_engine_has_errors_with_placeholders(tmp_path: Path) -> None:
    (tmp_path / "errors").mkdir()
    (tmp_path / "errors" / "run.py").write_text(
        '"""Not a message, this docstring."""\n\n\n'
        'def f(name):\n    raise ValueError(f"There is no node `{name}` here. " "Rename it.")\n'
    )
    (tmp_path / "empty.py").write_text('NAME = "no message"\n')
    assert messages.listing(tmp_path, "py") == (
        "### `errors/run.py`\n\n<ul><li>There is no node <code>{name}</code> here. Rename it.</li></ul>".replace(
            "{name}", "<var>&#123;name&#125;</var>"
        )
    )


def test_the_playground_has_texts_and_labels_of_templates(tmp_path: Path) -> None:
    (tmp_path / "bar.ts").write_text(
        'const bar = html`<button title="Run the code" class=${kind}>Run</button> <p>It took <b>${seconds}</b> s.</p>`;\n'
        'const notice = "The run has ended.";\nconst css_ = css`p { color: red }`; import "./some file.ts";\n'
    )
    assert messages.listing(tmp_path, "ts") == (
        "### `bar.ts`\n\n<ul><li>Run the code</li><li>Run</li><li>It took <var>&#123;seconds&#125;</var> s.</li>"
        "<li>The run has ended.</li></ul>"
    )


def test_markup_in_a_message_is_shown_as_text() -> None:
    assert messages.shown("**a** <b> & `x_y`\n  {name}") == (
        "&#42;&#42;a&#42;&#42; &lt;b&gt; &amp; <code>x&#95;y</code> <var>&#123;name&#125;</var>"
    )


def test_the_page_is_filled_from_the_source() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="reference/messages.md"))
    source = (ROOT / "docs" / "reference" / "messages.md").read_text(encoding="utf-8")
    filled = messages.on_page_markdown(source, page=page)
    assert "<!--" not in filled
    assert "### `errors/graph.py`" in filled
    assert filled.count("<li>") > 500


def test_other_pages_stay_as_they_are() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"))
    assert messages.on_page_markdown("<!-- messages of the engine -->", page=page) == "<!-- messages of the engine -->"
