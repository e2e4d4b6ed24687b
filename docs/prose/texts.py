"""Extract the text that people read from Markdown pages, Python modules and TypeScript modules."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """The kind of a piece of text, which determines the rules that apply to it."""

    PARAGRAPH = "paragraph"
    """A paragraph, list item or definition: it counts toward the average sentence length."""
    FRAGMENT = "fragment"
    """A heading or a short table cell: often not a sentence."""
    COMMENT = "comment"
    """A comment or docstring."""
    STRING = "string"
    """A string literal with words in it; placeholders are shown as `{name}`."""
    NAME = "name"
    """An identifier."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and the line on which it begins."""

    kind: Kind
    line: int
    value: str
    tag: str = ""
    """The tag of a template literal in TypeScript, such as `html` or `css`."""

    def line_of(self, offset: int) -> int:
        """Return the line number of the character at an offset."""
        return self.line + self.value.count("\n", 0, offset)


_FENCE: Final = re.compile(r" *(`{3,}|~{3,})")
_ITEM: Final = re.compile(r" *(?:[-*+]|\d+[.)]) +|: {3}")
_HEADING: Final = re.compile(r"#{1,6} ")
_CONTAINER: Final = re.compile(r" *[!?=]{3}\+?(?: +[\w-]+)* +\"(?P<title>.*)\" *$")
_CODE: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_TAG: Final = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_IMAGE: Final = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_ATTRIBUTES: Final = re.compile(r"\{[:.#][^}]*\}")
_NO_TEXT: Final = re.compile(r" *(?::::|--8<--|(?: *<[^<>]*>)+ *$|\|[-:| ]+$|[!?=]{3}\+?(?: +[\w-]+)* *$|$)")
"""Lines without text: directives, lines with only tags, the line below a table's header, and containers without a title."""
_LONG_CELL: Final = 10
"""A table cell counts as sentences if it has at least this many words."""


def markdown_texts(source: str) -> Iterator[Text]:
    """Yield the text of a Markdown page in pieces. Code blocks, snippets and front matter are omitted."""
    paragraph: list[str] = []
    start = 1
    for number, line in (*_lines_outside_code(source), (0, "")):
        item = _ITEM.match(line)
        fragments = _fragments(line)
        if paragraph and (item or fragments or not line):
            yield Text(Kind.PARAGRAPH, start, plain("\n".join(paragraph)))
            paragraph.clear()
        for fragment in map(plain, fragments):
            cell = line.lstrip().startswith("|")
            yield Text(Kind.PARAGRAPH if cell and len(fragment.split()) >= _LONG_CELL else Kind.FRAGMENT, number, fragment)
        if line and not fragments:
            start = start if paragraph else number
            paragraph.append(line[item.end() if item else 0 :].strip())


def _fragments(line: str) -> list[str]:
    """Return the text of a line that is a heading, a row of cells, or the start of a container with a title."""
    if match := _CONTAINER.match(line):
        return [match["title"]]
    if match := _HEADING.match(line):
        return [line[match.end() :]]
    cells = re.split(r"(?<!\\)\|", line.strip().strip("|")) if line.lstrip().startswith("|") else []
    return [cell.strip() for cell in cells if cell.strip(" -:")]


def _lines_outside_code(source: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a page. A line that interrupts a paragraph becomes an empty line."""
    fence = ""
    lines = _without_html_comments(source).split("\n")
    body = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    for number, line in enumerate(lines[body:], start=body + 1):
        match = _FENCE.match(line)
        if match and match[1].startswith(fence):
            fence = "" if fence else match[1]
            yield number, ""
        elif not fence:
            yield number, "" if _NO_TEXT.match(line) else line


def _without_html_comments(source: str) -> str:
    return re.sub(r"<!--.*?-->", lambda match: "\n" * match[0].count("\n"), source, flags=re.DOTALL)


def plain(markdown: str) -> str:
    """Return Markdown without its markup, with the same number of lines. Code becomes `code`."""
    text = _CODE.sub(lambda match: "`code`" + "\n" * match[0].count("\n"), markdown)
    text = _TAG.sub(lambda match: "\n" * match[0].count("\n"), text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    return re.sub(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", "", _ATTRIBUTES.sub("", text))


_NAMED: Final = (ast.Attribute, ast.Name)


def python_texts(source: str) -> Iterator[Text]:
    """Yield the comments, docstrings, strings and names in a Python module."""
    names: set[tuple[int, str]] = set()
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    yield from _comments(tokens)
    for token in tokens:
        if token.type == tokenize.NAME and (name := (token.start[0], token.string)) not in names:
            names.add(name)
            yield Text(Kind.NAME, *name)
    yield from _strings(ast.parse(source))


def _comments(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[Text]:
    """Yield comments. Comments on consecutive lines are yielded as one."""
    lines: list[str] = []
    last = (0, 0)
    for token in tokens:
        if token.type != tokenize.COMMENT:
            continue
        if lines and token.start != (last[0] + 1, last[1]):
            yield Text(Kind.COMMENT, last[0] - len(lines) + 1, "\n".join(lines))
            lines.clear()
        lines.append(token.string.lstrip("#").strip())
        last = token.start
    if lines:
        yield Text(Kind.COMMENT, last[0] - len(lines) + 1, "\n".join(lines))


def _strings(tree: ast.AST) -> Iterator[Text]:
    """Yield strings. A string that is a statement is documentation."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield Text(Kind.COMMENT, node.lineno, node.value.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else _placeholder(part) for part in node.values]
            yield Text(Kind.STRING, node.lineno, "".join(map(str, parts)))
            yield from (text for part in node.values for text in _strings(part) if not isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Text(Kind.STRING, node.lineno, node.value)
        else:
            yield from _strings(node)


def _placeholder(part: ast.expr) -> str:
    """Return a short name in braces for an expression in an f-string."""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    while isinstance(value, ast.Call | ast.Subscript):
        if isinstance(value, ast.Subscript):
            value = value.value
        else:
            value = value.args[0] if value.args and isinstance(value.func, ast.Name) else value.func
    names = (node.attr if isinstance(node, ast.Attribute) else node.id for node in ast.walk(value) if isinstance(node, _NAMED))
    return "{" + next(names, "value").strip("_") + "}"


_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+)
    | (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?P<name>\#?[A-Za-z_$][\w$]*)
    | (?P<number>\d[\w.]*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_VALUE_ENDS: Final = re.compile(r"[\w$)\]}\"'`]$")
_BEFORE_A_REGEX: Final = {"return", "typeof", "case", "in", "of", "void", "throw", "await"}


def typescript_texts(source: str) -> Iterator[Text]:
    """Yield the comments, strings, template literals and names in a TypeScript module."""
    return _Scanner(source).code()


class _Scanner:
    """A scanner for one module, which joins the parts of a template literal around its placeholders."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0

    def _line(self) -> int:
        return self._source.count("\n", 0, self._at) + 1

    def code(self, *, inserted: bool = False) -> Iterator[Text]:
        """Read code to the end of the module, or to the end of the placeholder that contains the code."""
        depth = 0
        before = ""
        names: set[tuple[int, str]] = set()
        while self._at < len(self._source):
            if self._source[self._at] == "`":
                yield from self._template(before)
                before = "`"
                continue
            regex = _REGEX.match(self._source, self._at)
            if regex and (before in _BEFORE_A_REGEX or not _VALUE_ENDS.search(before)):
                self._at, before = regex.end(), "`"
                continue
            match = _TOKEN.match(self._source, self._at)
            assert match is not None  # `other` matches any character
            value, line = match[0], self._line()
            if match["comment"]:
                yield Text(Kind.COMMENT, line, re.sub(r"^/\*\*?|\*/$|^//", "", value))
            elif match["string"]:
                yield Text(Kind.STRING, line, re.sub(r"\\(.)", r"\1", value[1:-1]))
            elif match["name"] and (line, value) not in names:
                names.add((line, value))
                yield Text(Kind.NAME, line, value)
            depth += (value == "{") - (value == "}")
            if inserted and depth < 0:
                return
            self._at = match.end()
            if not match["space"] and not match["comment"]:
                before = value

    def _template(self, before: str) -> Iterator[Text]:
        line = self._line()
        parts: list[str] = []
        self._at += 1
        while self._source[self._at] != "`":
            if self._source.startswith("${", self._at):
                self._at += 2
                start = self._at
                yield from self.code(inserted=True)
                parts.append(_inserted(self._source[start : self._at]))
                self._at += 1
            else:
                step = 2 if self._source[self._at] == "\\" else 1
                parts.append(self._source[self._at + step - 1 : self._at + step])
                self._at += step
        self._at += 1
        yield Text(Kind.STRING, line, "".join(parts), before if before in ("html", "css", "svg") else "")


def _inserted(expression: str) -> str:
    """Return a short name in braces for an expression in a template literal, with the same number of lines."""
    if "`" in expression:
        return "{value}" + "\n" * expression.count("\n")
    call = re.fullmatch(r"\s*[\w$.#]+\(([\w$.#?]+)[,)].*", expression, re.DOTALL)
    names = re.findall(r"#?[A-Za-z_$][\w$]*", call[1] if call else re.split(r"[(\[?=]", expression.strip(), maxsplit=1)[0])
    return "{" + (names[-1].strip("#_") if names else "value") + "}" + "\n" * expression.count("\n")
