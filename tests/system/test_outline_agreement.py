"""For a corpus of files, the outline agrees with the driver that runs the files."""

import warnings
from pathlib import Path

import pytest

from headwater.encoding.edges import Edges
from headwater.encoding.graph import node_view
from headwater.errors import HeadwaterError, SeveralErrors
from headwater.graph.source_order import in_source_order
from headwater.outline import outline

TESTS = Path(__file__).parent.parent
EXAMPLES = TESTS.parent / "docs" / "examples"


def python_files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")) if path.name != "run.py"}


CORPUS = {
    **{path.stem: {path.name: path.read_text(encoding="utf-8")} for path in sorted((TESTS / "corpus").glob("*.py"))},
    **{folder.name: python_files(folder) for folder in sorted((TESTS / "corpus").iterdir()) if folder.is_dir()},
    **{folder.name: python_files(folder) for folder in sorted(EXAMPLES.iterdir()) if folder.is_dir()},
}
CORPUS.pop("__pycache__", None)
DECORATORS = {path.stem: path for path in sorted((TESTS.parent / "docs" / "decorators").glob("*.py"))}
DECORATORS.pop("resolve")  # only a run knows what `resolve` computes; see below
CORPUS |= {name: {path.name: path.read_text(encoding="utf-8")} for name, path in DECORATORS.items()}
CONFIGS = {
    "adapters": [{"out": "report.json"}],
    "variants": [{}, {"region": "us"}, {"region": "fr"}, {"region": "de", "base": 2.0}, {"rate": 0.5}],
    "plain": [{}, {"tax": 0.5}, {"base": 1.5}],
    "first-dataflow-4-variant": [{}, {"smoothing": "median"}],
    "config_when": [{}, {"region": "us"}],
    "inject": [{"currency": "EUR"}],
    "pipe_input": [{}, {"careful": True}, {"careful": False}],
}
CASES = [(name, config) for name in CORPUS for config in CONFIGS.get(name, [{}])]


@pytest.mark.parametrize(("name", "config"), CASES, ids=[f"{name}-{config}" for name, config in CASES])
def test_the_outline_has_the_nodes_and_edges_of_the_built_graph(name, config, built):
    view = outline(CORPUS[name], config)
    graph = built(CORPUS[name], config)
    nodes = list(in_source_order(graph))  # without unread config keys, which the page lists next to the graph
    assert view["problems"] == []
    drawn = {node["name"]: {**node, "end": None} for node in view["nodes"]}
    files = {node.name: Path(node.location.file).name for node in nodes}
    expected = {node.name: node_view(graph, node, file=files[node.name]) for node in nodes}
    assert drawn == expected
    assert list(drawn) == list(expected)
    assert view["edges"] == Edges().of(graph)


WRONG = {
    "a parameter without a type": {"a.py": "def total(price, tax: int) -> int: ...\n"},
    "a result without a type": {"a.py": "def total(price: int): ...\n"},
    "an argument list": {"a.py": "def total(*prices: int) -> int: ...\n"},
    "keyword arguments": {"a.py": "def total(price: int, **more: int) -> int: ...\n"},
    "a positional-only parameter": {"a.py": "def total(price: int, /, tax: int) -> int: ...\n"},
    "a name that is defined in two modules": {
        "a.py": "def price() -> int: ...\n",
        "b.py": "X = 1\n\n\ndef price() -> int: ...\n",
    },
    "types that do not fit": {"a.py": "def price() -> str: ...\ndef total(price: int) -> int: ...\n"},
    "a value that may be None": {"a.py": "def price() -> int | None: ...\ndef total(price: int) -> int: ...\n"},
    "an input with two types": {"a.py": "def one(price: int) -> int: ...\ndef two(price: str) -> int: ...\n"},
    "a node that depends on itself": {"a.py": "def price(price: int) -> int: ...\n"},
    "a node that depends on itself under a decorator": {
        "a.py": "import headwater as hw\n@hw.extract_fields({'x': int})\ndef price(price: dict) -> dict: ...\n"
    },
    "a frame that depends on itself under two decorators": {
        "a.py": "import headwater as hw, pandas as pd\ndef one(x: pd.Series) -> pd.Series: ...\n"
        "@hw.extract_columns('x')\n@hw.with_columns(one, columns_to_pass=['x'])\n"
        "def price(price: pd.DataFrame) -> pd.DataFrame: ...\n"
    },
    "a wrong decorator on a node that depends on itself": {
        "a.py": "import headwater as hw\n@hw.extract_fields({'x': int})\ndef price(price: int) -> int: ...\n"
    },
    "outputs that need each other": {
        "a.py": "import headwater as hw\n@hw.extract_fields({'x': int})\n"
        "@hw.parameterize(a={'of': hw.source('b')}, b={'of': hw.source('a')})\ndef price(of: dict) -> dict: ...\n"
    },
    "a parameter that two decorators bind": {
        "a.py": "import headwater as hw\n@hw.inject(of=hw.value(1))\n@hw.inject(of=hw.source('x'))\n"
        "def price(of: int) -> int: ...\n"
    },
    "a cycle through two modules": {
        "a.py": "def one(three: int) -> int: ...\ndef two(one: int) -> int: ...\n",
        "b.py": "\ndef three(two: int) -> int: ...\n",
    },
    "two cycles": {
        "a.py": "def a(b: int) -> int: ...\ndef b(a: int) -> int: ...\ndef c(d: int) -> int: ...\ndef d(c: int) -> int: ...\n"
    },
    "several problems at once": {
        "a.py": "def one(price: int) -> int: ...\ndef two(price: str) -> int: ...\ndef a(a: int) -> int: ...\n"
    },
    "columns of a value that is not a frame": {
        "a.py": "from headwater import extract_columns\n\n\n@extract_columns('x')\ndef price() -> int: ...\n"
    },
    "no columns": {"a.py": "from headwater import extract_columns\n\n\n@extract_columns()\ndef price() -> int: ...\n"},
    "fields of a value that is not a dictionary": {
        "a.py": "import headwater\n@headwater.extract_fields({'x': int})\ndef price() -> int: ...\n"
    },
    "a binding for an unknown parameter": {
        "a.py": "import headwater as hw\n@hw.parameterize(x={'prise': hw.value(1)})\ndef total(price: int) -> int: ...\n"
    },
    "a binding without `value` or `source`": {
        "a.py": "import headwater as hw\n@hw.parameterize(x={'price': 1})\ndef total(price: int) -> int: ...\n"
    },
    "an unknown check": {"a.py": "import headwater as hw\n@hw.check_output(rnage=(0, 1))\ndef price() -> int: ...\n"},
    "a check that does not support the type": {
        "a.py": "import headwater as hw\n@hw.check_output(allow_nans=False)\ndef price() -> str: ...\n"
    },
    "a check without a validator": {"a.py": "import headwater as hw\n@hw.check_output_custom()\ndef price() -> int: ...\n"},
    "an invalid validator": {"a.py": "import headwater as hw\n@hw.check_output_custom(3)\ndef price() -> int: ...\n"},
    "a check of an unknown node": {
        "a.py": "import headwater as hw\n@hw.check_output(range=(0, 1), target_='cost')\ndef price() -> int: ...\n"
    },
    "an annotation without a model": {
        "a.py": "import headwater as hw\n@hw.check_output(model='annotation')\ndef price() -> dict[str, int]: ...\n"
    },
    "a loader for an unknown parameter": {
        "a.py": "import headwater as hw\n@hw.load_from.json(path='a', inject_='prise')\ndef total(price: list) -> int: ...\n"
    },
    "a loader that does not name its parameter": {
        "a.py": "import headwater as hw\n@hw.load_from.json(path='a')\ndef total(price: list, tax: int) -> int: ...\n"
    },
    "a saver of an unknown node": {
        "a.py": "import headwater as hw\n@hw.save_to.json(path='a', target_='totl')\ndef total() -> dict: ...\n"
    },
    "two savers with the same name": {
        "a.py": "import headwater as hw\n@hw.save_to.json(path='a')\n@hw.save_to.json(path='b')\ndef total() -> dict: ...\n"
    },
    "an invalid name of a saver": {
        "a.py": "import headwater as hw\n@hw.save_to.json(path='a', output_name_=1)\ndef total() -> dict: ...\n"
    },
    "a loader without metadata": {"a.py": "import headwater as hw\n@hw.dataloader()\ndef total() -> int: ...\n"},
    "a saver without metadata": {"a.py": "import headwater as hw\n@hw.datasaver\ndef total() -> int: ...\n"},
    "a tag that is not a string": {"a.py": "import headwater as hw\n@hw.tag(level=1)\ndef price() -> str: ...\n"},
    "a variant without a name": {"a.py": "import headwater as hw\n@hw.config.when(region=None)\ndef price__() -> str: ...\n"},
    "a condition without a key": {"a.py": "import headwater as hw\n@hw.config.when()\ndef price__a() -> str: ...\n"},
    "a condition that needs a list": {
        "a.py": "import headwater as hw\n@hw.config.when_in(region='us')\ndef price__a() -> str: ...\n"
    },
    "a value injected into an unknown parameter": {
        "a.py": "import headwater as hw\n@hw.inject(prise=hw.value(1))\ndef total(price: int) -> int: ...\n"
    },
    "a group injected into a number": {
        "a.py": "import headwater as hw\n@hw.inject(price=hw.group(hw.source('a')))\ndef total(price: int) -> int: ...\n"
    },
    "an injected config value that is not set": {
        "a.py": "import headwater as hw\n@hw.inject(price=hw.configuration('p'))\ndef total(price: int) -> int: ...\n"
    },
    "more names than items in a tuple": {
        "a.py": "import headwater as hw\n@hw.unpack_fields('a', 'b', 'c')\ndef pair() -> tuple[int, int]: ...\n"
    },
    "a pipe for an unknown parameter": {
        "a.py": "import headwater as hw\ndef _f(x: int) -> int: ...\n@hw.pipe_input(hw.step(_f), on_input='b')\n"
        "def total(a: int) -> int: ...\n"
    },
    "a step without annotations": {
        "a.py": "import headwater as hw\ndef _f(x) -> int: ...\n@hw.pipe_output(hw.step(_f))\ndef total(a: int) -> int: ...\n"
    },
    "a step that binds an unknown parameter": {
        "a.py": "import headwater as hw\ndef _f(x: int) -> int: ...\n@hw.pipe_output(hw.step(_f, y=1))\n"
        "def total(a: int) -> int: ...\n"
    },
    "a step with a different type": {
        "a.py": "import headwater as hw\ndef _f(x: str) -> str: ...\n@hw.pipe_output(hw.step(_f))\n"
        "def total(a: int) -> int: ...\n"
    },
    "a parameter that no node of the subdag computes": {
        "a.py": "import headwater as hw\ndef one() -> int: ...\n@hw.subdag(one)\ndef total(two: int) -> int: ...\n"
    },
    "a subdag of itself": {
        "a.py": "import headwater as hw, a\ndef one() -> int: ...\n@hw.subdag(a)\ndef total(one: int) -> int: ...\n"
    },
    "a column that no function computes": {
        "a.py": "import headwater as hw, pandas as pd\ndef one(x: pd.Series) -> pd.Series: ...\n"
        "@hw.with_columns(one, columns_to_pass=['x'], select=['two'])\ndef total(f: pd.DataFrame) -> pd.DataFrame: ...\n"
    },
    "a `does` function that does not accept the parameters": {
        "a.py": "import headwater as hw\ndef _f(x: int) -> int: ...\n@hw.does(_f)\ndef total(price: int) -> int: ...\n"
    },
    "a reserved tag": {"a.py": "import headwater as hw\n@hw.tag(**{'headwater.a': 'b'})\ndef price() -> int: ...\n"},
    "an unknown target": {"a.py": "import headwater as hw\n@hw.tag(a='b', target_='prise')\ndef price() -> int: ...\n"},
    "two variants that apply": {
        "a.py": "from headwater import config\n"
        "@config.when(a=None)\ndef price__a() -> int: ...\n"
        "@config.when(b=None)\ndef price__b() -> int: ...\n"
    },
}


@pytest.mark.parametrize("files", WRONG.values(), ids=WRONG)
def test_the_outline_reports_the_errors_of_the_driver(files, built, tmp_path):
    with pytest.raises(HeadwaterError) as caught:
        built(files)
    errors = caught.value.errors if isinstance(caught.value, SeveralErrors) else [caught.value]
    problems = [problem for problem in outline(files)["problems"] if problem["severity"] == "error"]
    assert {(problem["kind"], problem["message"]) for problem in problems} == {
        (type(error).__name__, str(error)) for error in errors
    }
    assert {problem["node"] for problem in problems} == {error.node for error in errors}
    below = str(tmp_path) + "/"
    assert {(problem["file"], problem["line"]) for problem in problems} == {
        (error.locations[0].file.removeprefix(below), error.locations[0].line) for error in errors
    }


def test_an_outline_issues_no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert outline({"a.py": 'PATTERN = "\\d"\ndef total(price: int) -> int: ...\n'})["problems"] == []


UNKNOWN = {
    "a computed decorator": "@hw.resolve(decorate_with=lambda days: hw.tag(days=str(days)))",
    "a step with a function from elsewhere": "@hw.pipe_output(hw.step(math.sqrt))",
    "a subdag of a module from elsewhere": "@hw.subdag(math)",
    "a condition with a computed value": "@hw.config.when(day=math.floor(2.5))",
}


@pytest.mark.parametrize("decorator", UNKNOWN.values(), ids=UNKNOWN)
def test_uncertain_problems_are_marked(decorator):
    view = outline({"a.py": f"import math\nimport headwater as hw\n\n\n{decorator}\ndef total(price: float) -> float: ...\n"})
    (problem,) = view["problems"]
    assert (problem["severity"], problem["line"], problem["node"]) == ("warning", 5, "total")
    assert "`total` (a.py:5)" in problem["message"]
    assert problem["message"].endswith("The graph shows the plain function.")
    assert [node["name"] for node in view["nodes"]] == ["price", "total"]
