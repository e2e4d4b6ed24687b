"""Source text without the annotations that mention Headwater."""

from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources.engine_annotations import without_engine_annotations

pytestmark = pytest.mark.interpreter

IMPORTS = """\
import headwater
import headwater as hw
from typing import Annotated, Optional
from headwater import Collect, Parallelizable
from headwater import Collect as C

"""


def without(text: str, **modules: str) -> str:
    """Return a module's text without the annotations. `text` may be indented, and the imports that it needs are added."""
    text = textwrap.dedent(text)
    changed = without_engine_annotations({"flow": IMPORTS + text, **modules})["flow"]
    ast.parse(changed)
    return changed.removeprefix(IMPORTS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(x: Collect[int]) -> int: ...", "def f(x) -> int: ..."),
        ("def f(x: Collect) -> int: ...", "def f(x) -> int: ..."),
        ("def f(x: C[int], y: int): ...", "def f(x, y: int): ..."),
        ("def f(x: hw.Collect[int]): ...", "def f(x): ..."),
        ("def f(x: headwater.Collect[int]): ...", "def f(x): ..."),
        ("def f(x: 'Collect[int]', y: list['C']): ...", "def f(x, y): ..."),
        ("def f(x: Annotated[Collect[int], 'all']): ...", "def f(x): ..."),
        ("def f(x: Optional[Collect[int]] = None): ...", "def f(x=None): ..."),
        ("def f(x: Collect[int]=()): ...", "def f(x=()): ..."),
        ("def f(x  :  (Collect[int])  , y): ...", "def f(x  , y): ..."),
        ("def f(x: Collect[int], /, *, y: Collect[int]): ...", "def f(x, /, *, y): ..."),
        ("def f(*x: Collect[int], **y: Collect[int]): ...", "def f(*x, **y): ..."),
        ("def f() -> Parallelizable[int]: ...", "def f(): ..."),
        ("def f(x: int) -> Parallelizable: ...", "def f(x: int): ..."),
        ("def f() -> (Parallelizable[int]) : ...", "def f(): ..."),
        ("def f()->'Parallelizable[int]':  # each\n    ...", "def f():  # each\n    ..."),
        ("async def f() -> Parallelizable[int]: ...", "async def f(): ..."),
        ("def f(µ: Collect[int], ﬁ: 'Ω', é: Collect[int]) -> Parallelizable[int]: ...", "def f(µ, ﬁ: 'Ω', é): ..."),
    ],
)
def test_annotations_that_mention_headwater_are_removed(before: str, after: str) -> None:
    assert without(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "def f(x: list[int]) -> dict[str, int]: ...",
        "def f(Collect: int) -> str: ...",
        "def f(x: 'not an expression!') -> 'int': ...",
        "def f(x=Collect[int]): ...",
        "x: int = 3",
    ],
)
def test_everything_else_is_kept(text: str) -> None:
    assert without(text) == text


def test_layout_and_comments_of_a_long_signature_are_kept() -> None:
    before = """
        def f(
            a: Annotated[
                Collect[int],  # part of the annotation
                "all",
            ] = (),  # the sizes
            # the names
            b: Collect[str] = (
                "x",
            ),
            c: int = 1,
        ) -> (  # -> each
            Parallelizable[int]
        ):  # in order
            return a  # unchanged
    """
    assert without(before) == textwrap.dedent("""
        def f(
            a=(),  # the sizes
            # the names
            b=(
                "x",
            ),
            c: int = 1,
        ):  # in order
            return a  # unchanged
    """)


def test_methods_and_inner_functions_are_covered() -> None:
    before = """
        class Sizes:
            def total(self, sizes: Collect[int]) -> int:
                def part(size: hw.Collect[int]) -> int: ...
    """
    assert without(before) == textwrap.dedent("""
        class Sizes:
            def total(self, sizes) -> int:
                def part(size) -> int: ...
    """)


def test_aliases_and_names_from_other_modules_are_found() -> None:
    common = (
        "from headwater import Collect as All\nSizes = All[int]\nMore: object = 'Sizes'\nPlain = list[int]\nLoop = 'Loop'\n"
    )
    before = "from common import All, Sizes as S, More, Plain, Loop\ndef f(a: All[int], b: S, c: More, d: Plain, e: Loop): ..."
    after = "from common import All, Sizes as S, More, Plain, Loop\ndef f(a, b, c, d: Plain, e: Loop): ..."
    assert without(before, common=common) == after


def test_a_name_that_is_imported_from_another_library_is_kept() -> None:
    text = "from other import Collect\ndef f(x: Collect[int]): ..."
    assert without_engine_annotations({"flow": text}) == {"flow": text}


def test_modules_that_import_each_other_are_supported() -> None:
    sources = {"a": "from b import X\ndef f(x: X): ...", "b": "from a import X"}
    assert without_engine_annotations(sources) == sources


MARKED = st.sampled_from(
    ["Collect[int]", "(C)", "hw.Collect[\n  int\n]", "'Collect'", "Annotated[\n  C[int],  # ):,=\n  '->']"]
)
OTHER = st.sampled_from(["int", "(str)", "'Price'", "dict[\n  str, int]", "Annotated[int, ':']"])
DEFAULT = st.sampled_from(["", " = 3", "=(1)", " =  (\n 1 )", "= '->'"])
SPACE = st.sampled_from(["", " ", "\n", "  # :->\n"])


@given(st.lists(st.tuples(MARKED | OTHER, DEFAULT, SPACE), max_size=5), MARKED | OTHER | st.none(), SPACE)
def test_only_annotations_differ(parameters: list[tuple[str, str, str]], returns: str | None, space: str) -> None:
    written = [
        f"p{number}{space_before}:{annotation}{default}"
        for number, (annotation, default, space_before) in enumerate(sorted(parameters, key=lambda each: each[1] != ""))
    ]
    result = f" -> ({space}{returns})" if returns else ""
    text = f"def f({space}{', '.join(written)}){result}:  # kept\n    return 1"
    before, after = ast.parse(text), ast.parse(without(text))
    for part in ast.walk(before):
        for field in ("annotation", "returns"):
            annotation = getattr(part, field, None)
            if annotation is not None and any(marker in ast.unparse(annotation) for marker in ("Collect", "C")):
                setattr(part, field, None)
    assert ast.dump(before) == ast.dump(after)
    assert ":  # kept\n" in without(text)
