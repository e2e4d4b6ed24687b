"""Exports of every node in the decorators' examples: code that computes its value, or the reason why it cannot be exported."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from headwater.errors import NotWritable
from headwater.export import Recording, node_test, script
from headwater.quality import ValidationResult

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "decorators").glob("*.py"))
DATA = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES[0].parent.glob("*.json")}
SETTING = re.compile(r"^(CONFIG|INPUTS)\b.*?= (\{.*\})$", re.MULTILINE)


def same(left: Any, right: Any) -> bool:
    if isinstance(right, pd.DataFrame | pd.Series):
        return right.equals(left)
    return bool(left == right)


def value_of(names: dict[str, Any], name: str) -> Any:
    """Return the value that a script prints, taken from the script's variables."""
    if "values" in names:
        return names["values"][name]
    variable = name.replace(".", "_")
    return names.get(f"{variable}_value", names.get(variable))


def files(recording: Recording) -> dict[str, str]:
    return {**{f"{module}.py": text for module, text in recording.sources.items()}, **recording.data}


@pytest.fixture(params=EXAMPLES, ids=[path.stem for path in EXAMPLES])
def recording(request, recorded):
    text = request.param.read_text(encoding="utf-8")
    settings = {name.lower(): eval(code) for name, code in SETTING.findall(text)}  # noqa: S307
    return recorded({request.param.name: text, **DATA}, **settings)


def test_the_script_of_a_node_computes_its_value(recording, run):
    for name, value in recording.values.items():  # noqa: PD011 - not a data frame
        if isinstance(value, ValidationResult) or name == "total.prices.loader":  # contains the time of loading
            continue
        text = script(recording, name)
        assert same(value_of(run(text, files(recording)), name), value), text


def test_the_test_of_a_node_passes(recording, run):
    for name, node in recording.graph.nodes.items():
        if node.kind != "function" or name not in recording.values:  # noqa: PD011 - not a data frame
            continue
        try:
            text = node_test(recording, name)
        except NotWritable:
            continue
        tests = [test for key, test in run(text, files(recording)).items() if key.startswith("test_")]
        assert tests
        for test in tests:
            test()
