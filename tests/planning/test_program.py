"""Plans as programs that run without Headwater."""

import importlib.util
import linecache
import pickle
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import Builder
from headwater.errors import NotWritable, SeveralErrors
from headwater.graph.graph import Graph
from headwater.graph.node import Dependency, Node
from headwater.planning.plan import plan

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "decorators").glob("*.py"))
NOT_WRITABLE = {
    "check_output": "`share` (check_output.py:10) cannot be written as Python: the check `range` cannot run without Headwater.",
    "check_output_custom": (
        "`shares` (check_output_custom.py:15) cannot be written as Python: "
        "the check `sums_to_one` cannot run without Headwater."
    ),
    "save_to": (
        "`stored` (save_to.py:12) cannot be written as Python: its saver needs Headwater. "
        "Instead, request the node that it saves, and save the value yourself."
    ),
}
"""The examples whose programs would need Headwater, each with the reason."""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A function that writes, imports and returns a module."""
    monkeypatch.syspath_prepend(tmp_path)

    def imported(text, name="flow"):
        path = tmp_path.joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        importlib.invalidate_caches()
        loaded.append(name)
        return importlib.import_module(name)

    loaded: list[str] = []
    yield imported
    for name in loaded:
        for part in [name, *(name[:end] for end, character in enumerate(name) if character == ".")]:
            sys.modules.pop(part, None)


@pytest.fixture
def run(monkeypatch):
    """A function that runs a program as if Headwater were not installed, and returns what `compute` returns."""

    def result(text, /, **arguments):
        namespace = {"__name__": "program"}
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "headwater", None)
            exec(text, namespace)  # noqa: S102 - the program under test
            return namespace["compute"](**arguments)

    return result


def example(path, monkeypatch):
    specification = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, path.stem, loaded)
    specification.loader.exec_module(loaded)
    return loaded


@pytest.mark.interpreter
@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_the_program_of_an_example_computes_the_same_values(path, monkeypatch, run):
    monkeypatch.chdir(path.parent)
    loaded = example(path, monkeypatch)
    driver = Builder().with_modules(loaded).with_config(getattr(loaded, "CONFIG", {})).build()
    outputs = list(loaded.EXPECTED)
    explanation = driver.explain(outputs, inputs=loaded.INPUTS)
    if path.stem in NOT_WRITABLE:
        with pytest.raises(NotWritable) as refused:
            explanation.source()
        assert str(refused.value).startswith(NOT_WRITABLE[path.stem])
        if not path.stem.startswith("check"):
            return
    text = explanation.source(omit_checks=path.stem in NOT_WRITABLE)
    read = {name: loaded.INPUTS[name] for name in explanation.plan.provided}
    assert run(text, **read) == driver.execute(outputs, inputs=loaded.INPUTS)


@pytest.mark.native
def test_a_saved_program_runs_in_a_python_without_headwater(module, tmp_path):
    prices = module(
        """
        def total(price: float, rate: float = 0.5) -> float:
            return price * rate
        """,
        "prices",
    )
    program = tmp_path / "program.py"
    program.write_text(Builder().with_modules(prices).build().explain(["total"]).source(), encoding="utf-8")
    ran = run_alone("import program; print(program.compute(price=3.0))", tmp_path)
    assert (ran.stdout, ran.stderr) == ("{'total': 1.5}\n", "")
    assert "No module named 'headwater'" in run_alone("import headwater", tmp_path).stderr


def run_alone(code, folder):
    """Run code without installed packages."""
    command = [sys.executable, "-E", "-S", "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_functions_are_imported_from_modules_that_do_not_import_headwater(module, run):
    prices = module(
        """
        def price(units: int) -> float:
            return 2.0 * units

        def tax(price: float, rate: float = 0.5) -> float:
            return price * rate

        def total(price: float, tax: float, *, currency: str) -> str:
            return f"{price + tax} {currency}"
        """,
        "shop.prices",
    )
    driver = Builder().with_modules(prices).with_config({"currency": "EUR"}).build()
    text = driver.explain(["total"]).source()
    assert text == textwrap.dedent(
        '''\
        """Compute `total`."""

        import shop.prices


        def compute(*, units):
            currency = "EUR"
            price = shop.prices.price(units)
            tax = shop.prices.tax(price)
            total = shop.prices.total(price, tax, currency=currency)
            return {"total": total}
        '''
    )
    assert run(text, units=3) == driver.execute(["total"], inputs={"units": 3})


def test_code_of_a_module_that_imports_headwater_is_included(module, run):
    module("RATE = 0.5\n\ndef halved(amount: float) -> float:\n    return amount * RATE\n", "shop.helpers")
    module(
        """
        from headwater import tag
        from .helpers import halved

        @tag(owner="sales")
        def price(units: int) -> float:
            return halved(4.0) * units
        """,
        "shop.tagged",
    )
    flow = module(
        """
        from .tagged import price

        def total(price: float) -> float:
            return price + 1
        """,
        "shop.flow",
    )
    driver = Builder().with_modules(sys.modules["shop.tagged"], flow).build()
    text = driver.explain(["total"]).source()
    assert text == textwrap.dedent(
        '''\
        """Compute `total`."""

        from shop.helpers import halved


        def price(units: int) -> float:
            return halved(4.0) * units


        def total(price: float) -> float:
            return price + 1


        def compute(*, units):
            price_value = price(units)
            total_value = total(price_value)
            return {"total": total_value}
        '''
    )
    assert run(text, units=3) == driver.execute(["total"], inputs={"units": 3})


def test_imports_for_type_checkers_do_not_count(module, run):
    flow = module(
        """
        from __future__ import annotations
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from headwater import Node

        def total(price: float) -> float:
            return price
        """
    )
    text = Builder().with_modules(flow).build().explain(["total"]).source()
    assert "flow.total(price)" in text
    assert run(text, price=1.0) == {"total": 1.0}


def test_files_of_standard_formats_are_loaded(module, run, tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text('{"a": "ä"}', encoding="latin-1")
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo")
    (tmp_path / "a.pickle").write_bytes(pickle.dumps([1]))
    monkeypatch.chdir(tmp_path)
    flow = module(
        """
        from headwater import load_from, source, value

        @load_from.json(path=source("path"), encoding=value("latin-1"), inject_="settings")
        @load_from.text(path=value("a.txt"), inject_="text")
        @load_from.file(path=value("a.txt"), inject_="content")
        @load_from.pickle(path=value("a.pickle"), inject_="pickled")
        def loaded(settings: dict, text: str, content: bytes, pickled: object) -> tuple:
            return settings, text, content, pickled
        """
    )
    driver = Builder().with_modules(flow).build()
    text = driver.explain(["loaded"]).source()
    assert run(text, path="a.json") == driver.execute(["loaded"], inputs={"path": "a.json"})
    with pytest.raises(ValueError, match="is not a local path"):
        run(text, path="https://example.org/a.json")


def test_the_metadata_of_a_loader_cannot_be_written(module):
    flow = module(
        """
        from headwater import load_from, value

        @load_from.json(path=value("a.json"))
        def total(prices: dict) -> float:
            return prices["a"]
        """
    )
    assert "`total.prices.loader` (" in reason(flow.total)
    assert "Override the loaded data, so that it becomes an argument of the program." in reason(flow.total)


def test_an_overridden_loader_becomes_a_parameter(module, run):
    flow = module(
        """
        from headwater import load_from, source

        @load_from.environment(names=source("names"))
        def total(prices: dict) -> float:
            return prices["a"]
        """
    )
    driver = Builder().with_modules(flow).build()
    with pytest.raises(NotWritable, match="loading this format or its metadata needs Headwater"):
        driver.explain(["total"]).source()
    text = driver.explain(["total"], overrides={"total.prices": {"a": 1.0}}).source()
    assert run(text, total_prices={"a": 2.0}) == {"total": 2.0}


def test_values_are_deleted_after_their_last_use(module):
    flow = module(
        """
        def a() -> int:
            return 1

        def b(a: int) -> int:
            return a

        def c(b: int) -> int:
            return b
        """
    )
    text = Builder().with_modules(flow).build().explain(["c"]).source()
    assert "    b = flow.b(a)\n    del a\n    c = flow.c(b)\n    return" in text


def test_overrides_and_missing_inputs_become_parameters(module, run):
    flow = module("def total(price: float, rate: float, tip: float = 1.0) -> float:\n    return price * rate + tip\n")
    driver = Builder().with_modules(flow).build()
    text = driver.explain(["total", "price"], inputs={"tip": 2.0}).source()
    assert "def compute(*, price, rate, tip):" in text
    assert run(text, price=1.0, rate=3.0, tip=2.0) == {"total": 5.0, "price": 1.0}
    assert "def compute(*, total):" in driver.explain(["total"], overrides={"total": 1.0}).source()


def test_a_default_is_passed_if_it_is_not_that_of_the_function(module, run):
    flow = module(
        """
        import functools

        def _wrapped(function):
            @functools.wraps(function)
            def wrapper(price, rate=3.0):
                return function(price, rate)
            return wrapper

        @_wrapped
        def total(price: float, rate: float = 0.5) -> float:
            return price * rate
        """
    )
    driver = Builder().with_modules(flow).build()
    text = driver.explain(["total"], inputs={"price": 2.0}).source()
    assert "flow.total(price, 0.5)" in text
    assert run(text, price=2.0) == driver.execute(["total"], inputs={"price": 2.0}) == {"total": 1.0}


def test_bound_arguments_of_partials_and_functions_of_libraries_are_written(module, run):
    module("def power(base: float, exponent: float) -> float:\n    return base**exponent\n", "powers")
    flow = module(
        """
        import functools
        import math
        from powers import power
        from headwater import pipe_input, step

        @pipe_input(step(functools.partial(power, exponent=2.0)).named("squared"))
        def area(side: float) -> float:
            return math.floor(side)
        """
    )
    driver = Builder().with_modules(flow).build()
    text = driver.explain(["area"]).source()
    assert "area_squared = powers.power(side, exponent=2.0)" in text
    assert run(text, side=1.5) == driver.execute(["area"], inputs={"side": 1.5})


def test_variables_do_not_hide_functions_or_modules(module, run):
    flow = module(
        """
        from headwater import extract_fields, source, inject

        @extract_fields({"compute": int, "class": int, "rain (mm)": int, "float": int, "flow": int})
        def fields(rate: float = float("inf")) -> dict:
            return {"compute": 1, "class": 2, "rain (mm)": 3, "float": 4, "flow": 5}
        """
    )
    outputs = ["compute", "class", "rain (mm)", "float", "flow", "fields"]
    driver = Builder().with_modules(flow).with_config({"rate": float("inf")}).build()
    text = driver.explain(outputs).source()
    assert run(text) == driver.execute(outputs)


def test_all_imports_of_one_package_are_included(module, run):
    module("RATE = 1", "pack.first")
    module("RATE = 2", "pack.second")
    flow = module(
        """
        import pack.first
        import pack.second
        from headwater import tag

        @tag(unit="percent")
        def rate() -> int:
            return pack.first.RATE * 10 + pack.second.RATE
        """
    )
    text = Builder().with_modules(flow).build().explain(["rate"]).source()
    assert "import pack.first\nimport pack.second\n" in text
    assert run(text) == {"rate": 12}


def test_values_that_queries_name_are_included(module, run):
    pytest.importorskip("pandas")
    flow = module(
        """
        import pandas as pd
        from headwater import tag

        LIMIT = 1
        UNUSED = 2

        @tag(unit="rows")
        def rows() -> int:
            return len(pd.DataFrame({"price": [1, 2]}).query("price > @LIMIT"))
        """
    )
    text = Builder().with_modules(flow).build().explain(["rows"]).source()
    assert "UNUSED" not in text
    assert run(text) == {"rows": 1}


def test_variables_do_not_hide_built_in_functions(run):
    read = Dependency("number", "number", int)
    nodes = [Node("abs", int, arguments=(read,), function=abs), Node("size", int, arguments=(read,), function=abs)]
    text = plan(Graph.of(nodes), ["abs", "size"], ["number"]).source()
    assert "    abs_value = abs(number)\n    size = abs(number)\n" in text
    assert run(text, number=-3) == {"abs": 3, "size": 3}


def test_missing_columns_are_filled_as_by_the_driver(module, run):
    pytest.importorskip("pandas")
    flow = module(
        """
        import pandas as pd
        from headwater import extract_columns

        @extract_columns("age", "size", fill_with=1.5)
        def people() -> pd.DataFrame:
            return pd.DataFrame({"age": [1, 2]})
        """
    )
    driver = Builder().with_modules(flow).build()
    expected, actual = driver.execute(["age", "size"]), run(driver.explain(["age", "size"]).source())
    for name in expected:
        assert actual[name].equals(expected[name])
        assert actual[name].name == name


@pytest.mark.parametrize("frame", ["pl.DataFrame", "pl.LazyFrame"])
def test_polars_frames_are_written_as_well(module, run, frame):
    pytest.importorskip("polars")
    flow = module(
        f"""
        import polars as pl
        from headwater import extract_columns, exclude, with_columns

        @extract_columns("age", "size", fill_with=1.5)
        def people() -> {frame}:
            return {frame}({{"age": [1, 2]}})

        @exclude
        def doubled(age: pl.Expr) -> pl.Expr:
            return age * 2

        @exclude
        def constant() -> int:
            return 7

        @with_columns(doubled, constant, columns_to_pass=["age"])
        def larger(people: {frame}) -> pl.DataFrame:
            return people.lazy().collect()
        """
    )
    driver, outputs = Builder().with_modules(flow).build(), ["age", "size", "larger"]
    expected, actual = driver.execute(outputs), run(driver.explain(outputs).source())
    for name in outputs:
        assert actual[name].equals(expected[name])


def test_a_missing_part_is_an_error_in_the_program_too(module, run):
    flow = module(
        """
        from collections import defaultdict
        from headwater import extract_fields

        @extract_fields({"low": int})
        def bounds() -> dict:
            return defaultdict(int)
        """
    )
    with pytest.raises(KeyError, match="low"):
        run(Builder().with_modules(flow).build().explain(["low"]).source())


# --- mapped nodes -------------------------------------------------------------------------------------------------------

WORDS = """
    import headwater as hw
    from typing import Annotated
    from headwater import Collect as C, Parallelizable, parameterize, value

    def word(text: str) -> Parallelizable[str]:
        yield from text.split()  # one element each

    def letter(word: str) -> Parallelizable[str]:
        return list(word)

    def code(letter: str, word: str, *, offset: int = 0) -> int:
        return ord(letter) + len(word) + offset

    @parameterize(wide={"width": value(9)}, narrow={"width": value([1, 2])})
    def padded(word: str, width: object) -> str:
        return f"{word}/{width}"

    def code_sum(
        code: C[int],  # of one word
    ) -> int:
        return sum(code)

    def longest(word: "hw.Collect[str]", code_sum: Annotated[C[int], "all"] = (), limit: int = 3) -> tuple:
        return max(word, key=len)[:limit], code_sum
"""


def test_functions_for_each_element_become_comprehensions(module, run):
    driver = Builder().with_modules(module(WORDS)).with_config({"offset": 100}).build()
    text = driver.explain(["longest", "narrow"], inputs={"text": "to be"}).source()
    code = (
        "[[code(each_letter, each_word, offset=offset) for each_letter in each_letter_list] "
        "for each_letter_list, each_word in zip(letter_value, word_value, strict=True)]"
    )
    assert text == textwrap.dedent(
        '''\
        """Compute `longest`, `narrow`."""


        def word(text: str):
            yield from text.split()  # one element each


        def letter(word: str):
            return list(word)


        def code(letter: str, word: str, *, offset: int = 0) -> int:
            return ord(letter) + len(word) + offset


        def padded(word: str, width: object) -> str:
            return f"{word}/{width}"


        def code_sum(
            code,  # of one word
        ) -> int:
            return sum(code)


        def longest(word, code_sum=(), limit: int = 3) -> tuple:
            return max(word, key=len)[:limit], code_sum


        def compute(*, text):
            offset = 100
            word_value = [*word(text)]
            letter_value = [[*letter(each_word)] for each_word in word_value]
            code_value = CODE
            del letter_value
            narrow = [padded(each_word, width=[1, 2]) for each_word in word_value]
            code_sum_value = [code_sum(each_code) for each_code in code_value]
            del code_value
            longest_value = longest(word_value, code_sum_value)
            return {"longest": longest_value, "narrow": narrow}
        '''
    ).replace("CODE", code)
    inputs = {"text": "to be or not"}
    assert run(text, **inputs) == driver.execute(["longest", "narrow"], inputs=inputs)


@pytest.mark.native
def test_a_program_for_each_element_runs_in_a_python_without_headwater(module, tmp_path):
    words = module(WORDS, "words")
    driver = Builder().with_modules(words).with_config({"offset": 1}).build()
    (tmp_path / "program.py").write_text(driver.explain(["longest", "code"]).source(), encoding="utf-8")
    (tmp_path / "words.py").unlink()
    ran = run_alone("import program; print(program.compute(text='to be'))", tmp_path)
    assert (ran.stdout, ran.stderr) == (f"{driver.execute(['longest', 'code'], inputs={'text': 'to be'})}\n", "")


def test_overridden_elements_become_parameters(module, run):
    driver = Builder().with_modules(module(WORDS)).build()
    overrides = {"letter": [["a"], ["b", "c"]], "word": ["x", "yz"]}
    text = driver.explain(["code"], overrides=overrides).source()
    assert "def compute(*, word, letter):" in text or "def compute(*, letter, word):" in text
    assert run(text, **overrides) == driver.execute(["code"], overrides=overrides)
    with pytest.raises(ValueError, match="shorter"):
        run(text, letter=[["a"], ["b"]], word=["x"])


def test_loop_variables_do_not_hide_variables_or_functions(module, run):
    flow = module(
        """
        from headwater import Collect, Parallelizable, inject, source, value

        def number(each_number: int) -> Parallelizable[int]:
            return range(each_number)

        def list(number: int) -> Parallelizable[int]:
            return range(number)

        def item(list: int, number: int, each_number: int) -> int:
            return list + number * each_number

        def each_item(item: Collect[int], each_number: int) -> int:
            return sum(item) + each_number

        @inject(each=source("number"), each_each=value(5))
        def each_number_list(each: int, each_item: int, each_each: int) -> int:
            return each + each_item * each_each

        def total(each_number_list: Collect[int]) -> int:
            return sum(each_number_list)
        """
    )
    driver = Builder().with_modules(flow).build()
    outputs = ["total", "item", "list", "each_item", "each_number_list", "number"]
    text = driver.explain(outputs).source()
    assert run(text, each_number=4) == driver.execute(outputs, inputs={"each_number": 4})


def test_a_function_that_hides_zip_is_refused_if_the_program_needs_zip(module, run):
    flow = module(
        """
        from headwater import Collect, Parallelizable

        def number(count: int) -> Parallelizable[int]:
            return range(count)

        def zip(number: int) -> int:
            return 2 * number

        def product(zip: int, number: int) -> int:
            return zip * number
        """
    )
    driver = Builder().with_modules(flow).build()
    assert run(driver.explain(["zip"]).source(), count=3) == {"zip": [0, 2, 4]}
    assert reason(*map(vars(flow).__getitem__, ("number", "zip", "product"))) == (
        "The program needs the name `zip`, but your functions use it for something else. Rename it in your functions."
    )


def test_modules_import_each_other_and_alias_the_markers(module, run):
    module("from headwater import Collect as All, Parallelizable\nNumbers = All[int]\n", "shop.types")
    module("def doubled(number: int) -> int:\n    return 2 * number\n", "shop.plain")
    flow = module(
        """
        from __future__ import annotations
        from .plain import doubled
        from .types import Numbers, Parallelizable as Each

        def number(count: int) -> Each[int]:
            return range(count)

        def total(doubled: Numbers) -> int:
            return sum(doubled)
        """,
        "shop.flow",
    )
    driver = Builder().with_modules(flow, sys.modules["shop.plain"]).build()
    text = driver.explain(["total"]).source()
    assert "types" not in text
    assert "doubled = [shop.plain.doubled(each_number) for each_number in number_value]" in text
    assert run(text, count=4) == driver.execute(["total"], inputs={"count": 4}) == {"total": 12}


def local(price: float) -> float:
    return price


class Doubling:
    def __call__(self, price: float) -> float:
        return 2 * price


def reason(*functions, **named):
    driver = Builder().with_functions(*functions, **named).build()
    with pytest.raises(NotWritable) as refused:
        driver.explain([node for node in driver.graph if node.kind == "function"]).source()
    return str(refused.value)


def test_a_function_without_a_name_is_refused():
    def inner(price: float) -> float:
        return price

    assert "cannot be written as Python: it calls `inner` (" in reason(inner)
    assert "which is defined inside a function. Move it to the top level of a module." in reason(inner)
    called = "it calls an object of class `Doubling`"
    assert f"{called}, but a program can call only named functions. Use a function instead." in reason(doubled=Doubling())


def test_a_function_from_a_prompt_is_refused(monkeypatch):
    prompt = ModuleType("prompt")
    exec("def total() -> int:\n    return 1\n", prompt.__dict__)  # noqa: S102 - simulates typed code
    monkeypatch.setitem(sys.modules, "prompt", prompt)
    expected = "calls `total` from `prompt`, whose code is not in a file. Save the code as a module."
    assert reason(prompt.total).endswith(expected)


def test_a_module_that_was_not_imported_by_its_name_is_refused():
    unknown = ModuleType("unknown")
    exec("def total() -> int:\n    return 1\n", unknown.__dict__)  # noqa: S102 - simulates a module loaded from a path
    expected = "from the module `unknown`, which is not in `sys.modules`. Load the module with an `import` statement."
    assert expected in reason(unknown.total)


def test_the_result_of_a_check_cannot_be_written(module):
    flow = module(
        """
        from headwater import check_output

        @check_output(range=(0, 1))
        def share() -> float:
            return 0.5
        """
    )
    driver = Builder().with_modules(flow).build()
    with pytest.raises(NotWritable, match=r"a check needs Headwater to run\. Do not request its result"):
        driver.explain(["share_range_validator"]).source(omit_checks=True)
    text = driver.explain(["share"]).source(omit_checks=True)
    assert "share_value = share_raw  # not checked: range" in text


def test_two_functions_of_one_name_are_refused(module, monkeypatch):
    flow = module("def total() -> int:\n    return 1\n")
    function = flow.total
    monkeypatch.setattr(flow, "total", local)
    assert "but `flow.total` is a different object." in reason(function)


def test_a_value_that_no_code_recreates_is_refused(module):
    flow = module(
        """
        from headwater import inject, value

        @inject(factor=value(object()))
        def total(factor: object) -> int:
            return 1
        """
    )
    assert "`factor` cannot be written as code: no code recreates a value of type object" in reason(flow.total)


@pytest.mark.interpreter
def test_included_code_must_be_the_code_that_was_imported(module, tmp_path):
    flow = module("from headwater import tag\n\n@tag(a='b')\ndef total() -> int:\n    return 1\n")
    (tmp_path / "flow.py").write_text("from headwater import tag\n\n@tag(a='b')\ndef total() -> int:\n    return 22\n")
    assert "the text of the module `flow` has changed since it was imported." in reason(flow.total)


def test_code_that_uses_headwater_itself_is_refused(module):
    flow = module(
        """
        from headwater import tag
        import headwater

        @tag(a="b")
        def total() -> str:
            return headwater.__version__
        """
    )
    assert reason(flow.total) == ("The program would import Headwater, because your functions use it: `import headwater`.")


def test_included_code_reads_the_file_of_its_module(module, run):
    flow = module("from headwater import tag\n\n@tag(a='b')\ndef folder() -> str:\n    return __file__\n")
    text = Builder().with_modules(flow).build().explain(["folder"]).source()
    assert f"\n\n__file__ = {flow.__file__!r}\n\n" in text
    assert run(text) == {"folder": flow.__file__}


def test_two_modules_that_read_their_files_are_refused(module):
    first = module("from headwater import tag\n\n@tag(a='b')\ndef one() -> str:\n    return __file__\n", "first")
    second = module("from headwater import tag\n\n@tag(a='b')\ndef two() -> str:\n    return __file__\n", "second")
    assert reason(first.one, second.two).startswith("The modules `first`, `second` read `__file__`")


def test_a_name_with_two_meanings_is_refused(module):
    pytest.importorskip("pandas")
    flow = module(
        """
        import pandas
        from headwater import extract_columns

        def pd() -> int:
            return 1

        @extract_columns("age")
        def people() -> pandas.DataFrame:
            return pandas.DataFrame({"age": [pd()]})
        """
    )
    assert reason(flow.people).startswith("The program needs the name `pd`, but your functions use it for something else.")


def test_all_refused_nodes_are_named():
    driver = Builder().with_functions(first=Doubling(), second=Doubling()).build()
    with pytest.raises(SeveralErrors, match="2 errors"):
        driver.explain(["first", "second"]).source()


@st.composite
def programs(draw):
    """Draw the text of a module, some of its nodes as outputs, and some as overrides."""
    functions = []
    for number in range(draw(st.integers(1, 8))):
        needs = draw(st.lists(st.integers(-2, number - 1), max_size=3, unique=True))
        names = [f"n{need}" if need >= 0 else f"input_{-need}" for need in needs]
        defaults = draw(st.integers(0, len([need for need in needs if need < 0])))
        optional = [name for name in names if name.startswith("input")][:defaults]
        parameters = [f"{name}: int" for name in names if name not in optional]
        parameters += [f"{name}: int = {draw(st.integers(0, 3))}" for name in optional]
        functions.append(
            f"def n{number}({', '.join(parameters)}) -> int:\n    return {number} + {' + 2 * '.join(names) or 0}\n"
        )
    nodes = st.sampled_from([f"n{number}" for number in range(len(functions))])
    return "\n".join(functions), draw(st.lists(nodes, min_size=1, unique=True)), draw(st.sets(nodes, max_size=2))


@given(programs(), st.sets(st.sampled_from(["input_1", "input_2"])))
def test_a_program_returns_what_execute_returns(case, provided):
    text, outputs, overridden = case
    name = "program_under_test"
    with loaded_from_text(name, text) as flow:
        driver = Builder().with_modules(flow).build()
        inputs = dict.fromkeys(sorted(provided & driver.graph.nodes.keys()), 7)
        overrides = dict.fromkeys(sorted(overridden), 5)
        explanation = driver.explain(outputs, inputs=inputs, overrides=overrides)
        inputs |= {error.name: 9 for error in explanation.missing}
        namespace: dict[str, Any] = {}
        exec(explanation.source(), namespace)  # noqa: S102 - the program under test
        read = {**inputs, **overrides}
        arguments = {key: read[key] for key in explanation.plan.provided}
        assert namespace["compute"](**arguments) == driver.execute(outputs, inputs=inputs, overrides=overrides)


@contextmanager
def loaded_from_text(name, text):
    """Yield a module that exists only in memory, so that programs include its code."""
    flow = ModuleType(name)
    flow.__file__ = f"<{name}>"
    linecache.cache[flow.__file__] = (len(text), None, text.splitlines(keepends=True), flow.__file__)
    exec(compile(text, flow.__file__, "exec"), flow.__dict__)  # noqa: S102 - the test's own code
    sys.modules[name] = flow
    try:
        yield flow
    finally:
        del sys.modules[name], linecache.cache[flow.__file__]
