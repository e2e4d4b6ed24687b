"""An exported project runs and passes its tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import headwater
from headwater.export import Project, node_test, project, script

ROOT = Path(__file__).parents[2]
SEATTLE = ROOT / "docs" / "examples" / "seattle-weather"
ENGINE = Path(headwater.__file__).parents[1]


def write_project(exported: Project, folder: Path) -> Path:
    for name, text in exported.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Importing the installed plugins would take longer than the tests.
    alone = {"PYTHONPATH": str(ENGINE), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=os.environ | alone, capture_output=True, text=True, check=False)


def outcome(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_in(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error")


def seattle() -> Mapping[str, str]:
    paths = [SEATTLE / "features.py", SEATTLE / "report.py", ROOT / "docs" / "data" / "seattle-weather.csv"]
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.native
def test_the_example_as_a_project_runs_and_passes_its_own_tests(recorded, tmp_path):
    exported = project(
        recorded(seattle(), outputs=["report", "skill"]), title="Seattle weather", link="https://example.org/play/#v1.x"
    )
    assert exported.name == "seattle-weather"
    assert exported.untested == {}
    folder = write_project(exported, tmp_path)
    ran = run_in(folder, "run.py")
    assert ran.returncode == 0, ran.stderr
    assert "0.0922" in ran.stdout
    done = outcome(folder)
    assert done.returncode == 0, done.stdout
    assert "14 passed" in done.stdout
    assert "](https://example.org/play/#v1.x)" in exported.files["README.md"]


@pytest.mark.native
def test_a_project_runs_from_any_folder(recorded, tmp_path):
    exported = project(
        recorded({"flow.py": "def names() -> str:\n    return open('names.txt').read()\n", "names.txt": "Ann"}), title="Names"
    )
    write_project(exported, tmp_path / "home")
    (tmp_path / "else").mkdir()
    assert "Ann" in run_in(tmp_path / "else", str(tmp_path / "home" / "run.py")).stdout


@pytest.mark.native
def test_the_tests_of_a_project_fail_when_its_code_is_changed(recorded, tmp_path):
    folder = write_project(project(recorded(seattle(), outputs=["skill"]), title="Seattle"), tmp_path)
    features = folder / "dataflow" / "features.py"
    features.write_text(features.read_text().replace("window: int = 14", "window: int = 15"))
    done = outcome(folder)
    assert done.returncode == 1
    assert "test_temp_rolling" in done.stdout
    assert "FAILED tests/test_values.py::test_weather" not in done.stdout


HARD = """\
import random
import pandas as pd


class Model:
    pass


def model() -> Model:
    return Model()


def luck() -> float:
    return random.random()


def broken() -> int:
    return 1 // 0


def after(broken: int) -> int:
    return broken


def daily() -> pd.Series:
    return pd.Series([1.0, 2.0, None], index=pd.date_range("2026-01-01", periods=3, freq="D"), name="rain")


def many(daily: pd.Series) -> pd.DataFrame:
    long = pd.concat([daily] * 500)
    return pd.DataFrame({"kind": pd.Categorical(["a", "b", "c"] * 500), "rain": long.to_numpy(), "text": ["NA", "", "x"] * 500})


def pairs(many: pd.DataFrame) -> pd.Series:
    return many.groupby(["kind", "text"], observed=True)["rain"].sum()


def fine() -> dict:
    return {"a": [0.1 + 0.2, None], "b": float("nan")}
"""


@pytest.mark.native
def test_values_that_cannot_be_tested_are_listed_with_the_reason(session_of, tmp_path):
    exported = project(session_of(HARD), title="Hard “things”\n")
    assert exported.untested == {
        "model": f"no code recreates a value of type Model: {exported.untested['model'].rpartition(': ')[2]}",
        "luck": "a second run computed a different value",
        "broken": "it failed, or an upstream node failed",
        "after": "it failed, or an upstream node failed",
    }
    assert "- `luck`: a second run computed a different value." in exported.files["README.md"]
    done = outcome(write_project(exported, tmp_path))
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout


@pytest.fixture
def session_of():
    from headwater.session import Session

    with Session() as session:

        def recording(text: str):
            session.update({"flow.py": text})
            session.run()
            return session.recording()

        yield recording


@pytest.mark.native
def test_inputs_and_config_are_those_of_the_run(recorded, tmp_path):
    source = """\
from headwater import config


@config.when(region="us")
def tax__us(price: float) -> float:
    return price / 10


@config.otherwise
def tax__elsewhere(price: float) -> float:
    return price / 5
"""
    folder = write_project(project(recorded(source, inputs={"price": 30.0}, config={"region": "us"}), title="Tax"), tmp_path)
    assert "tax:\n3.0" in run_in(folder, "run.py").stdout
    assert outcome(folder).returncode == 0


@pytest.mark.native
def test_an_overridden_value_is_exported_and_not_tested(recorded, tmp_path):
    source = "def price() -> int:\n    return 1\n\n\ndef total(price: int) -> int:\n    return price * 2\n"
    folder = write_project(project(recorded(source, overrides={"price": 7}), title="Shop"), tmp_path)
    assert "total:\n14" in run_in(folder, "run.py").stdout
    done = outcome(folder)
    assert (done.returncode, "2 passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.native
def test_nodes_may_be_named_like_columns_of_any_table(recorded, run, tmp_path):
    source = """\
import pandas as pd
from headwater import extract_columns


@extract_columns("rain (mm)", "rain/mm", "class")
def weather() -> pd.DataFrame:
    return pd.DataFrame({"rain (mm)": [1.5, None], "rain/mm": [1, 2], "class": ["a", "b"]})
"""
    recording = recorded(source)
    exported = project(recording, title="Rain")
    assert exported.untested == {}
    done = outcome(write_project(exported, tmp_path))
    assert (done.returncode, "5 passed" in done.stdout) == (0, True), done.stdout
    assert run(script(recording, "rain (mm)"))["rain_mm"].equals(recording.value("rain (mm)"))
    assert "def test_class_() -> None:" in node_test(recording, "class")


def test_a_data_file_may_have_the_name_of_a_project_file(recorded):
    exported = project(recorded({"flow.py": "def one() -> int:\n    return 1\n", "README.md": "Mine."}), title="One")
    assert exported.files["dataflow/README.md"] == "Mine."
    assert exported.files["README.md"].startswith("# One\n")


@pytest.mark.native
def test_modules_may_have_names_that_the_project_uses(recorded, tmp_path):
    files = {"run.py": "def one() -> int:\n    return 1\n", "main.py": "def two(one: int) -> int:\n    return one + 1\n"}
    exported = project(recorded(files), title="!")
    assert exported.name == "dataflow"
    folder = write_project(exported, tmp_path)
    assert "two:\n2" in run_in(folder, "run_dataflow.py").stdout
    assert outcome(folder).returncode == 0


def test_the_project_lists_its_requirements(recorded):
    source = (
        "import json\nimport numpy as np\nimport pandas as pd\ndef one() -> int:\n    import dateutil.parser\n    return 1\n"
    )
    exported = project(recorded(source), title='A "title"\\', engine="headwater @ https://example.org/headwater.whl")
    pyproject = tomllib.loads(exported.files["pyproject.toml"])
    assert pyproject["project"]["description"] == 'A "title"\\'
    dependencies = pyproject["project"]["dependencies"]
    assert dependencies[0] == "headwater @ https://example.org/headwater.whl"
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"numpy=={np.__version__}; python_version <= '{here}'" in dependencies
    assert f"pandas>={pd.__version__}; python_version > '{here}'" in dependencies
    assert {requirement.partition("=")[0].partition(">")[0].partition(" ")[0] for requirement in dependencies} == {
        "headwater",
        "numpy",
        "pandas",
        "python-dateutil",
    }
