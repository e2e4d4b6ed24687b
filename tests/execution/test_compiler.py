"""The program that a plan compiles to, as seen in a debugger."""

import inspect
import linecache
import sys

import pytest

from headwater import Builder, extract_fields
from headwater.execution.compiler import compile_plan
from headwater.execution.failure import PROGRAM_FILE_PREFIX
from headwater.planning.plan import plan

pytestmark = pytest.mark.interpreter  # interpreters free programs at different times


def compiled(*functions, outputs, provided=(), **named):
    return compile_plan(plan(Builder().with_functions(*functions, **named).build().graph, outputs, provided))


def program_files():
    return {file for file in linecache.cache if file.startswith(PROGRAM_FILE_PREFIX)}


def price(units: int) -> int:
    return 2 * units


def test_a_debugger_shows_the_line_of_the_program():
    shown = []

    def total(price: int, rate: int = 3) -> int:
        frame = sys._getframe(1)
        shown.append(linecache.getline(frame.f_code.co_filename, frame.f_lineno))
        shown.append(inspect.getsource(frame.f_code))
        return price * rate

    run = compiled(price, total, outputs=["total"], provided=["units"])
    assert run({"units": 2}) == {"total": 12}
    line, text = shown
    assert line == "    total = call_total(price, value_2); price = None\n"
    assert text == f"def program(units):\n    price = call_price(units)\n{line}    return {{'total': total}}\n"


def test_the_text_is_freed_with_the_program():
    before = program_files()
    run = compiled(price, outputs=["price"], provided=["units"])
    (added,) = program_files() - before
    del run
    assert added not in program_files()  # the garbage collector may also free programs from earlier tests


def test_any_name_of_a_node_is_possible():
    names = [
        "price",
        "call_price",
        "call_price_",
        "value_0",
        "class",
        "program",
        "rain (mm)",
        "größe",
        "__debug__",
        "call_class",
    ]

    @extract_fields(dict.fromkeys(names, int))
    def fields(value_1: int = 5) -> dict:
        return {name: number + value_1 for number, name in enumerate(names)}

    run = compiled(fields, outputs=names)
    assert run({}) == {name: number + 5 for number, name in enumerate(names)}


def test_a_failed_step_is_named():
    def total(price: int, rate: int = 0) -> float:
        return price / rate

    run = compiled(price, total, outputs=["total"], provided=["units"])
    with pytest.raises(ZeroDivisionError) as failure:
        run({"units": 2})
    assert failure.value.__notes__[0].splitlines()[1:] == ["  price = 4", "  rate = 0"]
