"""File names that a project accepts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.errors import NotWritable
from headwater.export import safe_names
from headwater.export.safe_names import WINDOWS_DEVICES, file_stem, refuse_unsafe_names

OBEYED = "pip, pytest or Python would use it as configuration."
DEVICE = "on Windows, this is the name of a device."
NOT_ALLOWED = "some systems do not allow this name."
OTHER_NAME = "Python would import it under a different name."


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [
        ("setup.py", "setup.py", OBEYED),
        ("SETUP.PY", "SETUP.PY", OBEYED),
        ("setup.cfg", "setup.cfg", OBEYED),
        ("Setup.cfg", "Setup.cfg", OBEYED),
        ("\uff53etup.cfg", "\uff53etup.cfg", OBEYED),
        ("conftest.py", "conftest.py", OBEYED),
        ("pytest.ini", "pytest.ini", OBEYED),
        ("pytest.toml", "pytest.toml", OBEYED),
        ("tox.ini", "tox.ini", OBEYED),
        ("sitecustomize.py", "sitecustomize.py", OBEYED),
        ("usercustomize.py", "usercustomize.py", OBEYED),
        ("evil.pth", "evil.pth", OBEYED),
        ("evil.PTH", "evil.PTH", OBEYED),
        ("pyproject.toml", "pyproject.toml", OBEYED),
        ("noxfile.py", "noxfile.py", OBEYED),
        ("MANIFEST.in", "MANIFEST.in", OBEYED),
        ("pytest.py", "pytest.py", "the project's tools include a module named `pytest`."),
        ("setuptools.py", "setuptools.py", "the project's tools include a module named `setuptools`."),
        ("hatchling.py", "hatchling.py", "the project's tools include a module named `hatchling`."),
        ("Pip.py", "Pip.py", "the project's tools include a module named `Pip`."),
        ("packaging.py", "packaging.py", "the project's tools include a module named `packaging`."),
        ("test_values.py", "test_values.py", "the project's tools include a module named `test_values`."),
        ("\uff4f\uff53.py", "\uff4f\uff53.py", OTHER_NAME),
        ("\ufb01le.py", "\ufb01le.py", OTHER_NAME),
        ("flow.PY", "flow.PY", OTHER_NAME),
        ("a-b.py", "a-b.py", "Python cannot import a module with this name."),
        ("package.module.py", "package.module.py", "Python cannot import a module with this name."),
        ("class.py", "class.py", "Python cannot import a module with this name."),
        ("con", "con", DEVICE),
        ("Con.txt", "Con.txt", DEVICE),
        ("nul.py", "nul.py", DEVICE),
        ("aux.tar.gz", "aux.tar.gz", DEVICE),
        ("com1.csv", "com1.csv", DEVICE),
        ("COM¹.csv", "COM¹.csv", DEVICE),
        ("lpt9 .txt", "lpt9 .txt", DEVICE),
        ("../run.py", "../run.py", NOT_ALLOWED),
        ("a/b.py", "a/b.py", NOT_ALLOWED),
        ("a\\b.py", "a\\b.py", NOT_ALLOWED),
        ("C:evil.py", "C:evil.py", NOT_ALLOWED),
        ("data.csv:hidden", "data.csv:hidden", NOT_ALLOWED),
        (".git", ".git", NOT_ALLOWED),
        ("..", "..", NOT_ALLOWED),
        ("data.csv.", "data.csv.", NOT_ALLOWED),
        ("data.csv ", "data.csv ", NOT_ALLOWED),
        (" data.csv", " data.csv", NOT_ALLOWED),
        ("what?.csv", "what?.csv", NOT_ALLOWED),
        ("a|b.csv", "a|b.csv", NOT_ALLOWED),
        ("data\0.csv", "data\\x00.csv", NOT_ALLOWED),
        ("data\n.csv", "data\\n.csv", NOT_ALLOWED),
        ("vsc\u202e.csv", "vsc\\u202e.csv", NOT_ALLOWED),
        ("\ud800.csv", "\\ud800.csv", NOT_ALLOWED),
        ("", "", "a name must have 1 to 100 characters."),
        ("a" * 97 + ".csv", "a" * 97 + ".cs…", "a name must have 1 to 100 characters."),
    ],
)
def test_an_unsafe_name_is_refused(name: str, shown: str, reason: str) -> None:
    with pytest.raises(NotWritable) as refused:
        refuse_unsafe_names(["flow.py", name])
    assert refused.value.message == f"`{shown}` cannot be exported: {reason} Rename the file."


@pytest.mark.parametrize(
    ("first", "second"), [("data.csv", "Data.csv"), ("straße.csv", "STRASSE.csv"), ("é.csv", "e\u0301.csv"), ("a.py", "A.py")]
)
def test_names_that_collide_on_some_systems_are_refused(first: str, second: str) -> None:
    with pytest.raises(NotWritable) as refused:
        refuse_unsafe_names([first, "other.csv", second])
    assert refused.value.message == (
        f"`{first}` and `{second}` cannot be exported together: many systems treat them as the same file. Rename one of them."
    )


def test_a_file_with_the_name_of_a_generated_file_is_refused():
    refuse_unsafe_names(["flow.py"], beside="test_values.py")
    with pytest.raises(NotWritable, match=r"`test_total\.py` and `Test_Total\.py` cannot be exported together"):
        refuse_unsafe_names(["flow.py", "Test_Total.py"], beside="test_total.py")


def test_ordinary_names_are_accepted() -> None:
    refuse_unsafe_names(
        ["flow.py", "run.py", "main.py", "größe.py", "Console.csv", "README.md", "data-2026 (1).csv", "setup.csv", "tests.py"]
    )


@given(
    st.lists(
        st.one_of(st.text(), st.sampled_from(["a", "A", "con", "CON", "rain (mm)", "rain/mm", "größe", "x" * 90])), unique=True
    )
)
def test_files_of_values_have_safe_and_unique_names(names: list[str]) -> None:
    used_names: set[str] = set()
    for name in names:
        stem = file_stem(name, used_names)
        assert re.fullmatch(r"[A-Za-z0-9_]{1,80}", stem)
        assert stem.casefold() not in WINDOWS_DEVICES | {other.casefold() for other in used_names}
        used_names.add(stem)


UNSAFE = json.loads(Path(__file__).with_name("unsafe_names.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", UNSAFE, ids=ascii)
def test_names_refused_by_the_page_are_refused(name: str) -> None:
    with pytest.raises(NotWritable, match=r"cannot be exported: .* Rename the file\."):
        refuse_unsafe_names([name])


@pytest.mark.native
def test_the_page_has_the_same_lists_of_tools_and_files() -> None:
    text = Path(__file__).parents[2].joinpath("playground/src/export/safe-names.ts").read_text(encoding="utf-8")
    configuration, tools = (
        re.search(rf"const {name} = new Set\((.*?)\);\n", text, re.DOTALL) for name in ("CONFIGURATION", "TOOLS")
    )
    assert configuration is not None
    assert tools is not None
    assert set(re.findall(r'"([^"]+)"', configuration[1])) == safe_names._CONFIGURATION
    assert {name for part in re.findall(r'"([^"]{2,})"', tools[1]) for name in part.split()} == safe_names._TOOLS
