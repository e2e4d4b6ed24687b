"""What gets installed: the built wheel by itself, on every Python that is here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.native

ROOT = Path(__file__).parents[2]

PROGRAM = """
import json, sys
import headwater

def total(price: float, rate: float = 0.2) -> float:
    return price * (1 + rate)

value = headwater.Builder().with_functions(total).build().execute(["total"], inputs={"price": 10.0})
loaded = sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names - {"__main__"})
print(json.dumps({"file": headwater.__file__, "value": value, "loaded": loaded}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True)  # noqa: S603 - our own package
    (built,) = folder.glob("headwater-*.whl")
    return built


def pythons() -> dict[str, str]:
    """The Pythons on the PATH that are new enough, by their versions."""
    found: dict[str, str] = {}
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(11, 20))):
        path = shutil.which(name)
        if path is not None:
            asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
            version = re.match(r"Python (\d+\.\d+)", asked.stdout)
            if version:
                found.setdefault(version[1], path)
    return found


def test_the_wheel_runs_in_every_python_without_anything_else_installed(wheel: Path, tmp_path: Path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    # -I leaves the environment and the working directory out of account, -S whatever else is installed.
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}"
    expected = {"file": str(tmp_path / "headwater" / "__init__.py"), "value": {"total": 12.0}, "loaded": ["headwater"]}
    shown = {}
    for version, path in pythons().items():
        done = subprocess.run([path, "-I", "-S", "-W", "error", "-c", program], capture_output=True, text=True, check=False)  # noqa: S603
        shown[version] = json.loads(done.stdout) if done.returncode == 0 else done.stderr
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in shown
    assert shown == dict.fromkeys(shown, expected)


def test_the_wheel_says_that_it_is_typed_and_needs_nothing(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith("METADATA"))
    assert "headwater/py.typed" in names
    assert not [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
