"""The decorators page, generated from examples and docstrings."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from headwater.decorators.catalog import CATALOG, ENTRIES, Usage

HOOK = Path(__file__).parents[3] / "docs" / "hooks" / "decorators.py"

WITH_ANOTHER = {"resolve_from_config": "resolve"}
NO_DECORATORS = {Usage.PART, Usage.NAMESPACE, Usage.TOOL}


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    specification = importlib.util.spec_from_file_location("docs_hooks_decorators", HOOK)
    assert specification is not None
    assert specification.loader is not None
    module = sys.modules[specification.name] = importlib.util.module_from_spec(specification)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HOOK.parent))  # as MkDocs does
        specification.loader.exec_module(module)
    return module


def test_every_decorator_has_a_section(hook):
    shown = set(re.findall(r"^## `([\w.]+)`", hook.every_decorator(), re.MULTILINE))
    decorators = [entry for entry in ENTRIES.values() if entry.usage not in NO_DECORATORS]
    named = {
        "config.when" if decorator.is_condition else WITH_ANOTHER.get(decorator.name, decorator.name)
        for decorator in decorators
    }
    assert named == shown


def test_the_reference_has_each_name_once_with_its_docstring(hook):
    shown = re.findall(r"^::: headwater\.decorators\.([\w.]+)$", hook.reference(), re.MULTILINE)
    assert len(shown) == len(set(shown))
    elsewhere = {entry.name for family in CATALOG if family.module in hook.ELSEWHERE for entry in family.entries}
    assert set(shown) == {*ENTRIES} - elsewhere - {"config", "config.exclude", "schema"}


def test_a_section_shows_the_code_the_drawings_and_the_errors(hook):
    shown = hook.DecoratorExample(hook.EXAMPLES / "subdag.py")
    assert {node.name for node in shown.before} == {"amount", "doubled", "increased", "apple_value", "pear_value"}
    assert "`apple_value.doubled`" in shown.node_names
    assert shown.code.startswith("from headwater import exclude, source, subdag\n\n\n@exclude")
    assert "INPUTS" not in shown.code
    assert shown.section.count("<svg") == 2
    assert shown.errors[0][0] == "DecoratorError"
    assert "neither the subdag nor `external_inputs` provides a parameter" in shown.errors[0][1]


def test_every_section_has_errors_except_where_nothing_can_go_wrong(hook):
    without = {path.stem for path in hook.EXAMPLES.glob("*.py") if not hook.DecoratorExample(path).errors}
    assert without <= {"config_when", "exclude"}
