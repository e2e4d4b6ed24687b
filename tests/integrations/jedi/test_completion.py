"""Results that jedi infers for functions without source text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("jedi")
pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")

from headwater.integrations.jedi.completion import Completer  # noqa: E402 - imported only if jedi is installed

if TYPE_CHECKING:
    from pathlib import Path

CODE = "import numpy as np\nimport pandas as pd\ndef report(table, series):\n    return "


@pytest.fixture
def completer(tmp_path: Path) -> Completer:
    return Completer(tmp_path)


def names(completer: Completer, expression: str) -> set[str]:
    text = CODE + expression
    lines = text.split("\n")
    classes = {"table": pd.DataFrame, "series": pd.Series}
    return {name for name, _ in completer.complete("flow.py", text, len(lines), len(lines[-1]), classes)}


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("table.", "groupby"),
        ("table.head().", "groupby"),  # returns `Self`
        ("table.query('a > 1').sort_values('a').", "groupby"),
        ("table.groupby('a').", "ngroup"),  # returns a class that is imported for type checkers only
        ("table.groupby('a')['b'].mean().", "to_frame"),
        ("table['a'].", "to_frame"),
        ("table['a'].str.", "zfill"),
        ("series.str.lower().str.", "zfill"),
        ("series.dt.", "tz_localize"),
        ("series.dt.year.", "to_frame"),
        ("table.columns.", "get_indexer"),
        ("table.loc[1].", "to_frame"),
        ("pd.concat([table]).", "groupby"),
        ("pd.read_csv('a').", "groupby"),  # returns a union with another class
        ("np.zeros(3).", "argpartition"),
        ("np.sqrt(table).", "argpartition"),
        ("np.zeros(3).reshape(3).", "argpartition"),
        ("np.random.default_rng().", "standard_normal"),
        ("pd.", "DataFrame"),
    ],
)
def test_results_of_pandas_and_numpy_are_known(completer: Completer, expression: str, name: str) -> None:
    assert name in names(completer, expression)


def test_a_result_that_is_not_known_has_no_attributes(completer: Completer) -> None:
    assert names(completer, "series.sum().") == set()


def test_a_signature_has_defaults_but_no_annotations(completer: Completer) -> None:
    assert "head" in names(completer, "table.")
    assert completer.describe("head")[0] == "head(n=5)"
    assert completer.describe("set_axis")[0] == "set_axis(labels, axis=0, copy=...)"


def test_a_property_with_an_annotated_result_is_a_property(completer: Completer) -> None:
    found = dict(completer.complete("flow.py", "def f(table): table.", 1, 20, {"table": pd.DataFrame}))
    assert {found[name] for name in ("shape", "columns", "loc", "values")} == {"property"}
    assert (found["head"], found["__doc__"]) == ("function", "value")
