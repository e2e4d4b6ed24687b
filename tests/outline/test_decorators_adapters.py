"""Loaders and savers in source text have nodes even if the format is unknown."""

import pytest

from headwater.outline import outline

HEAD = "import headwater as hw\nfrom headwater import load_from, save_to, source\nfrom pathlib import Path\n"


def drawn(source: str):
    view = outline({"a.py": HEAD + source})
    edges = {(edge["source"], edge["target"]) for edge in view["edges"]}
    return {node["name"] for node in view["nodes"]}, edges, [problem["message"] for problem in view["problems"]]


@pytest.mark.parametrize("decorator", ["load_from", "hw.load_from", "hw.decorators.load_from"])
@pytest.mark.parametrize("format_", ["json", "parquet", "of_my_own"])
def test_every_format_is_shown_including_custom_ones(decorator, format_):
    nodes, edges, problems = drawn(f"@{decorator}.{format_}(path=source('where'))\ndef total(prices: list) -> int: ...")
    assert nodes == {"where", "total.prices.loader", "total.prices", "total"}
    assert edges == {("where", "total.prices.loader"), ("total.prices.loader", "total.prices"), ("total.prices", "total")}
    assert problems == []


def test_a_computed_argument_hides_nothing():
    nodes, _, problems = drawn("@save_to.json(path=Path.cwd() / 'a.json')\ndef total() -> dict: ...")
    assert nodes == {"total", "total.save_json"}
    assert problems == []


@pytest.mark.parametrize(
    "arguments", ["path=source(Path.cwd().name)", "path='a', output_name_=Path.cwd().name", "path='a', **Path.cwd().open()"]
)
def test_the_source_of_a_value_must_be_known(arguments):
    nodes, _, problems = drawn(f"@save_to.json({arguments})\ndef total() -> dict: ...")
    assert nodes == {"total"}
    (message,) = problems
    assert (
        "@save_to.json has computed arguments, so only a run can tell what it does. The graph shows the plain function."
        in message
    )


def test_loaders_and_savers_have_tags():
    source = "@save_to.json(path='a')\n@load_from.text(path='b')\ndef total(text: str) -> dict: ..."
    view = outline({"a.py": HEAD + source})
    assert {node["name"]: node["tags"] for node in view["nodes"] if node["tags"]} == {
        "total.text.loader": {"headwater.role": "loader", "headwater.format": "text"},
        "total.save_json": {"headwater.role": "saver", "headwater.format": "json"},
    }
