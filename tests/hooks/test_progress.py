"""Progress bars."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from headwater import Builder, Parallelizable
from headwater.hooks import ContinueOnError, Progress


def price() -> float:
    return 10.0


def broken() -> float:
    raise ValueError("no")


def after(broken: float) -> float:
    return broken


def total(price: float) -> float:
    return price * 2


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


BUILDER = Builder().with_functions(price, total, broken, after)


def test_plain_text_has_a_line_per_node() -> None:
    stream = io.StringIO()
    BUILDER.build().execute(["total"], hooks=[Progress("work", style="text", stream=stream)])
    assert stream.getvalue() == "work: 1 of 2, price\nwork: 2 of 2, total\n"


def test_many_nodes_have_at_most_twenty_lines() -> None:
    namespace: dict[str, Any] = {}
    for number in range(500):
        exec(f"def node_{number}() -> int:\n    return {number}", namespace)  # noqa: S102 - the test's own code
    functions = [namespace[f"node_{number}"] for number in range(500)]
    stream = io.StringIO()
    driver = Builder().with_functions(*functions).build()
    driver.execute([function.__name__ for function in functions], hooks=[Progress(style="text", stream=stream)])
    lines = stream.getvalue().splitlines()
    assert len(lines) == 20
    assert lines[-1].startswith("nodes: 500 of 500")


def test_in_a_terminal_one_line_is_rewritten() -> None:
    stream = Terminal()
    BUILDER.build().execute(["total"], hooks=[Progress(style="text", stream=stream)])
    assert stream.getvalue() == "\rnodes: 1 of 2, price\rnodes: 2 of 2, total\n"


def number(count: int) -> Parallelizable[int]:
    return range(count)


def square(number: int) -> int:
    return number * number


def test_calls_for_elements_are_counted_in_at_most_twenty_lines() -> None:
    stream = io.StringIO()
    driver = Builder().with_functions(number, square).build()
    driver.execute(["square"], inputs={"count": 1000}, hooks=[Progress(style="text", stream=stream)])
    lines = stream.getvalue().splitlines()
    assert lines[0] == "nodes: 1 of 2, number"
    assert lines[1:-1] == [f"nodes: 1 of 2, square {ended:,} of 1,000" for ended in range(50, 1001, 50)]
    assert lines[-1] == "nodes: 2 of 2, square"


def test_calls_for_elements_are_counted_in_a_terminal() -> None:
    stream = Terminal()
    driver = Builder().with_functions(number, square).build()
    driver.execute(["square"], inputs={"count": 3}, hooks=[Progress(style="text", stream=stream)])
    assert "\rnodes: 1 of 2, square 2 of 3" in stream.getvalue()
    assert stream.getvalue().endswith("\rnodes: 2 of 2, square       \n")


@pytest.mark.parametrize("style", ["rich", "tqdm"])
def test_bars_of_libraries_count_calls_for_elements(style: Any) -> None:
    pytest.importorskip(style)
    stream = Terminal()
    bar = Progress(style=style, stream=stream).bar(2)
    bar.show_elements("square", 2000, 5000)
    bar.close()
    assert "square 2,000 of 5,000" in stream.getvalue()


def test_failed_and_skipped_nodes_count() -> None:
    stream = io.StringIO()
    BUILDER.build().execute(["total", "after"], hooks=[Progress(style="text", stream=stream), ContinueOnError()])
    assert stream.getvalue().splitlines()[-1].startswith("nodes: 4 of 4")


@pytest.mark.parametrize("style", ["rich", "tqdm"])
def test_bars_of_libraries_reach_the_end(style: Any) -> None:
    pytest.importorskip(style)
    stream = io.StringIO()
    BUILDER.build().execute(["total"], hooks=[Progress("work", style=style, stream=stream)])
    assert "work" in stream.getvalue()
    assert "2/2" in stream.getvalue()


@pytest.mark.parametrize("style", ["rich", "tqdm", "text"])
def test_a_bar_is_closed_after_a_failure(style: Any) -> None:
    if style != "text":
        pytest.importorskip(style)
    stream = Terminal()
    with pytest.raises(ValueError, match="no"):
        BUILDER.build().execute(["after"], hooks=[Progress(style=style, stream=stream)])
    assert stream.getvalue().endswith(("\n", "\n\x1b[?25h"))  # rich shows the cursor again


@pytest.mark.parametrize(("missing", "style"), [((), "rich"), (("rich",), "tqdm"), (("rich", "tqdm"), "text")])
def test_the_style_is_the_first_that_is_installed(
    missing: tuple[str, ...], style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rich")
    pytest.importorskip("tqdm")
    hide(missing, monkeypatch)
    assert Progress().style == style


def test_a_style_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(("tqdm",), monkeypatch)
    with pytest.raises(ModuleNotFoundError) as caught:
        Progress(style="tqdm")
    message = 'This feature of Headwater needs tqdm, which is not installed. Run `pip install "headwater[tqdm]"`.'
    assert (str(caught.value), caught.value.name) == (message, "tqdm")


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="`style` must be 'rich', 'tqdm', 'text' or None, not 'dots'"):
        Progress(style="dots")  # type: ignore[arg-type]


def hide(libraries: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make libraries fail to import, as if they were not installed."""
    for name in [
        name for name in sys.modules if name.startswith(("headwater.integrations.rich", "headwater.integrations.tqdm"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    for library in libraries:
        monkeypatch.setitem(sys.modules, library, None)  # Python treats a module that is None as not installed
