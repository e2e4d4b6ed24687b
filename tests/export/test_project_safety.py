"""Projects of hostile dataflows: tools ignore their files, and titles are escaped."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import headwater
from headwater.errors import NotWritable
from headwater.export import Project, Recording, project
from headwater.session import Session

FLOW = "def price() -> int:\n    return 20\n\n\ndef total(price: int) -> int:\n    return price * 3\n"
MODULE = sys.modules[project.__module__]
"""The `project` module. An import would return the package's function with the same name."""
GOLDEN = Path(__file__).parents[2] / "playground/tests/export/golden/pyproject.toml"
ENGINE = Path(headwater.__file__).parents[1]

REPORT = "import os, pathlib\npathlib.Path(os.environ['OBEYED']).joinpath({name!r}).touch()\n"
"""Hostile code, which creates a file when it runs."""

TOOLS_MODULES = {"_pytest", "conftest", "hatchling", "iniconfig", "noxfile", "packaging", "pip", "pkg_resources", "pluggy"} | {
    *("pygments", "pytest", "setup", "setuptools", "sitecustomize", "usercustomize", "wheel", "colorama")
}
OTHER_MODULES = {"evil", "numpy", "six", "test_evil", "typing_extensions"}
HOSTILE = {f"{name}.py": REPORT.format(name=name) for name in TOOLS_MODULES | OTHER_MODULES} | {
    "pytest.ini": "[pytest]\naddopts = -p evil\npythonpath = .\n",
    "pytest.toml": '[pytest]\naddopts = ["-p", "evil"]\npythonpath = ["."]\n',
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[options]\npy_modules = evil\n[tool:pytest]\naddopts = -p evil\n[metadata]\nversion = attr: evil.version\n",
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "evil"\nbackend-path = ["."]\n',
    "MANIFEST.in": "include *\n",
    "evil.pth": "import evil\n",
    "pip.conf": "[global]\nindex-url = http://evil.example\n",
    "README.md": "Mine.",
}


@pytest.fixture(scope="module")
def recording() -> Recording:
    with Session() as session:
        session.update({"flow.py": FLOW})
        session.run()
        return session.recording()


def write_project(exported: Project, folder: Path) -> Path:
    for name, text in exported.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


BUILD = """\
import sys
metadata = sys.argv[1]  # setuptools writes its own arguments there
from setuptools import build_meta
build_meta.get_requires_for_build_wheel()
build_meta.build_sdist(metadata)
"""

TOOLS = {
    "pytest": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
    "pytest on all files": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only"],
    "a build": ["-c", BUILD],
    "pip": ["-m", "pip", "--version"],
    "the program": ["run.py"],
}


def run(folder: Path, obeyed: Path, tool: str) -> subprocess.CompletedProcess[str]:
    """Run a tool in the folder of a project, as in its README, with a separate environment."""
    for module in ("setuptools", "pip"):
        if module in " ".join(TOOLS[tool]) and find_spec(module) is None:
            pytest.skip(f"this Python has no {module}")
    obeyed.mkdir()
    (metadata := obeyed.parent / "metadata").mkdir(exist_ok=True)
    own = {
        "OBEYED": str(obeyed),
        "PYTHONPATH": str(ENGINE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, *TOOLS[tool], *([str(metadata)] if tool == "a build" else [])]
    return subprocess.run(command, cwd=folder, env=os.environ | own, capture_output=True, text=True, check=False)


@pytest.fixture
def hostile(recording, monkeypatch) -> Project:
    """Return a project with hostile files, as if their names had been accepted."""
    monkeypatch.setattr(MODULE, "refuse_unsafe_names", lambda _: None)
    monkeypatch.setattr(MODULE, "_second_run", lambda recording: recording.values)
    return project(replace(recording, data=HOSTILE), title="Hostile")


@pytest.mark.native
@pytest.mark.parametrize("tool", TOOLS)
def test_no_tool_uses_a_file_of_the_dataflow_as_configuration(hostile, tmp_path, tool):
    folder = write_project(hostile, tmp_path / "project")
    done = run(folder, tmp_path / "obeyed", tool)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path.name for path in (tmp_path / "obeyed").iterdir()] == []
    if tool == "pytest":
        assert "3 passed" in done.stdout


@pytest.mark.native
@pytest.mark.parametrize("tool", TOOLS)
def test_the_same_files_would_be_used_beside_the_program(hostile, tmp_path, tool):
    """Prove that the test above would detect the problem."""
    folder = write_project(hostile, tmp_path / "project")
    for name, text in HOSTILE.items():
        (folder / name).write_text(text, encoding="utf-8")
    # Any of these files would stop Python before the others are used.
    for name in ["README.md", "typing_extensions.py", "numpy.py"]:
        (folder / name).unlink()
    if tool == "the program":
        with (folder / "run.py").open("a", encoding="utf-8") as program:
            program.write("    import packaging\n")
    done = run(folder, tmp_path / "obeyed", tool)
    assert [path.name for path in (tmp_path / "obeyed").iterdir()] != [], done.stdout + done.stderr


HARMLESS = {"README.md", "pip.conf", *(f"{name}.py" for name in OTHER_MODULES)}


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - HARMLESS))
def test_a_name_of_a_configuration_file_is_refused(recording, name):
    with pytest.raises(NotWritable, match=r"cannot be exported: .* Rename the file\."):
        project(replace(recording, data={name: ""}), title="Hostile")


def test_only_project_files_are_outside_the_folder_of_the_dataflow(recording, hostile):
    outside = {name for name in hostile.files if not name.startswith("dataflow/")}
    assert outside == {"README.md", "pyproject.toml", "run.py", "tests/test_values.py"}
    assert {name.removeprefix("dataflow/") for name in hostile.files.keys() - outside} == {"flow.py", *HOSTILE}


def test_the_readme_explains_what_runs(recording):
    readme = project(recording, title="Shop").files["README.md"]
    assert "Read the code before you run it" in readme
    assert "`pip install` does not run it" in readme
    assert "Modules and data are in `dataflow/`, where pip and pytest do not look for configuration." in readme


TITLES = st.one_of(
    st.sampled_from(
        [
            "\0",
            "\ud800",
            'a"""\nimport os\nos.abort()\n"""',
            "\\",
            '"',
            "'''",
            "]\n[tool.pytest.ini_options]\naddopts = '-p evil'",
            "a\r\nb\u2028c",
            "\u202egnp.exe",
            "\x7f",
            "<script>alert(1)</script>",
            "[a](http://evil.example)",
            "headwater",
            "Pandas",
            "x" * 5_000,
        ]
    ),
    st.text(),
    st.text(st.characters()),
)


@pytest.fixture(scope="module")
def unrepeated(recording):
    """Skip the second run for each title, because values do not depend on the title."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "_second_run", lambda recording: recording.values)
        yield recording


@given(title=TITLES)
def test_any_title_results_in_a_valid_project(unrepeated, title):
    exported = project(unrepeated, title=title)
    for name, text in exported.files.items():
        text.encode("utf-8")
        assert "\0" not in text
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"), name
    pyproject = tomllib.loads(exported.files["pyproject.toml"])
    assert set(pyproject) == {"build-system", "project", "tool"}
    assert set(pyproject["tool"]["pytest"]["ini_options"]) == {"pythonpath", "testpaths"}
    assert pyproject["project"]["description"].splitlines() == [pyproject["project"]["description"]]
    program = compile(exported.files["run.py"], "run.py", "exec")
    assert "abort" not in program.co_names
    heading, _, rest = exported.files["README.md"].partition("\n")
    assert heading.startswith("# ")
    assert rest.startswith("\nA dataflow of plain Python functions")


@pytest.mark.parametrize(
    ("title", "name"), [("Headwater", "headwater-dataflow"), ("Pandas", "pandas-dataflow"), ("Shop", "shop")]
)
def test_pip_does_not_confuse_a_project_with_a_dependency(recording, title, name):
    sources = {**recording.sources, "tables": "import pandas\n"}
    exported = project(replace(recording, sources=sources), title=title)
    assert tomllib.loads(exported.files["pyproject.toml"])["project"]["name"] == name


def test_names_of_nodes_and_files_are_escaped_in_the_readme():
    flow = 'import types\n\n\ndef a() -> int:\n    return 1\n\n\na.__name__ = "a"\n'
    with Session() as session:
        session.update({"flow.py": flow, "a`b [x](y).txt": ""})
        session.run()
        recording = session.recording()
    readme = project(replace(recording, outputs=["a"]), title="One").files["README.md"]
    assert "| `` dataflow/a`b [x](y).txt `` | data |" in readme


@pytest.mark.native
def test_files_of_tables_have_unique_names_ignoring_case(tmp_path):
    pytest.importorskip("pandas")
    flow = """\
import pandas as pd


def rain() -> pd.Series:
    return pd.Series([1.0, 2.0])


def Rain() -> pd.Series:
    return pd.Series([3.0])


def con() -> pd.Series:
    return pd.Series([4.0])


def größe() -> pd.Series:
    return pd.Series([5.0])
"""
    with Session() as session:
        session.update({"flow.py": flow})
        session.run()
        exported = project(session.recording(), title="Rain")
    assert {name for name in exported.files if name.endswith(".csv")} == {
        "tests/values/rain.csv",
        "tests/values/Rain_2.csv",
        "tests/values/con_.csv",
        "tests/values/gr_e.csv",
    }
    done = run(write_project(exported, tmp_path / "project"), tmp_path / "obeyed", "pytest")
    assert "5 passed" in done.stdout


@pytest.mark.native
def test_classes_of_the_dataflow_are_found_by_the_tests(tmp_path):
    flow = """\
from dataclasses import dataclass


@dataclass
class Point:
    x: int


def point() -> Point:
    return Point(1)
"""
    with Session() as session:
        session.update({"flow.py": flow})
        session.run()
        exported = project(session.recording(), title="Point")
    done = run(write_project(exported, tmp_path / "project"), tmp_path / "obeyed", "pytest")
    assert "2 passed" in done.stdout, done.stdout


@pytest.mark.native
def test_the_page_accepts_the_exported_pyproject(recording, monkeypatch):
    engine = "headwater @ https://site.example/assets/headwater/headwater-0.1.0-py3-none-any.whl"
    versions = ["numpy==2.0.2; python_version <= '3.12'", "numpy>=2.0.2; python_version > '3.12'", "python-dateutil"]
    monkeypatch.setattr(MODULE, "requirements", lambda _: versions)
    exported = project(replace(recording), title='A "title" \\ größe: 50 % (“a”)', engine=engine)
    assert exported.files["pyproject.toml"] == GOLDEN.read_text(encoding="utf-8")
