"""Text is extracted with line numbers from pages, Python and TypeScript. Code is omitted."""

import pytest

PAGE = """\
---
title: Hidden
---
# A *heading*

<!-- a comment
of two lines -->
A paragraph with `code` and
a [link](to.md#there) in **bold**.

- An item
  that continues.
1. A numbered item.

| head | a cell |
|---|---|
| `x` | A cell of more than ten words is read as a sentence, and counted. |

```python
def f(): "not prose"
```

!!! note "A title"
    Inside a container.

<div class="x" markdown>
Text &amp; more.
</div>

--8<-- "file.py"
"""


def test_a_page_has_paragraphs_and_fragments(prose):
    texts = prose("texts")
    assert [(text.kind.value, text.line, text.value) for text in texts.markdown_texts(PAGE)] == [
        ("fragment", 4, "A heading"),
        ("paragraph", 8, "A paragraph with `code` and\na link in bold."),
        ("paragraph", 11, "An item\nthat continues."),
        ("paragraph", 13, "A numbered item."),
        ("fragment", 15, "head"),
        ("fragment", 15, "a cell"),
        ("fragment", 17, "`code`"),
        ("paragraph", 17, "A cell of more than ten words is read as a sentence, and counted."),
        ("fragment", 23, "A title"),
        ("paragraph", 24, "Inside a container."),
        ("paragraph", 27, "Text &amp; more."),
    ]


MODULE = '''\
"""A module."""

# A comment
# of two lines.
LIMIT = 3  # another


def f(x):
    """A function."""
    raise ValueError(f"No {x.name!r} in {len(rows)} rows: {str(x)}, {rows[0].total()} " "and more." if x else "Nothing.")
'''


def test_a_python_module_has_comments_strings_and_names(prose):
    texts = list(prose("texts").python_texts(MODULE))
    assert [(text.kind.value, text.line, text.value) for text in texts if text.kind.value != "name"] == [
        ("comment", 3, "A comment\nof two lines."),
        ("comment", 5, "another"),
        ("comment", 1, "A module."),
        ("comment", 9, "A function."),
        ("string", 10, "No {name} in {rows} rows: {x}, {total} and more."),
        ("string", 10, "Nothing."),
    ]
    assert [(text.line, text.value) for text in texts if text.value in ("LIMIT", "x")] == [(5, "LIMIT"), (8, "x"), (10, "x")]


SCRIPT = r"""/** A module. */
const a = `No ${count(rows)} of ${row.name} in ${html`<p title=${title}>${() => { return "it's in"; }}</p>`}.`;
const o = { a: 1, b: `in ${ { a: `x` }.a } braces` }; // a comment
const r = /`/g; const half = a / b; const s = 'don\'t';
"""


def test_a_typescript_module_has_comments_strings_and_names(prose):
    texts = list(prose("texts").typescript_texts(SCRIPT))
    assert [(text.kind.value, text.line, text.value, text.tag) for text in texts if text.kind.value != "name"] == [
        ("comment", 1, " A module. ", ""),
        ("string", 2, "it's in", ""),
        ("string", 2, "<p title={title}>{value}</p>", "html"),
        ("string", 2, "No {rows} of {name} in {value}.", ""),
        ("string", 3, "x", ""),
        ("string", 3, "in {value} braces", ""),
        ("comment", 3, " a comment", ""),
        ("string", 4, "don't", ""),
    ]
    assert [text.value for text in texts if text.kind.value == "name" and text.line == 4] == [
        "const",
        "r",
        "half",
        "a",
        "b",
        "s",
    ]


@pytest.mark.parametrize(("offset", "line"), [(0, 5), (4, 6)])
def test_a_text_knows_its_lines(prose, offset, line):
    texts = prose("texts")
    assert texts.Text(texts.Kind.COMMENT, 5, "one\ntwo").line_of(offset) == line
