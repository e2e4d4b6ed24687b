"""The built wheel, installed alone on every available Python."""

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
    subprocess.run(build, cwd=ROOT, check=True)
    (built,) = folder.glob("headwater-*.whl")
    return built


def pythons() -> dict[str, str]:
    """Return the supported Pythons on the PATH, keyed by version."""
    found: dict[str, str] = {}
    for name in (sys.executable, *(f"python3.{minor}" for minor in range(11, 20))):
        path = shutil.which(name)
        if path is not None:
            process = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
            version = re.match(r"Python (\d+\.\d+)", process.stdout)
            if version:
                found.setdefault(version[1], path)
    return found


def test_the_wheel_runs_alone_in_every_python(wheel: Path, tmp_path: Path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    # -I ignores the environment and the working directory, -S the installed packages.
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{PROGRAM}"
    expected = {"file": str(tmp_path / "headwater" / "__init__.py"), "value": {"total": 12.0}, "loaded": ["headwater"]}
    results = {}
    for version, path in pythons().items():
        process = subprocess.run([path, "-I", "-S", "-W", "error", "-c", program], capture_output=True, text=True, check=False)
        results[version] = json.loads(process.stdout) if process.returncode == 0 else process.stderr
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in results
    assert results == dict.fromkeys(results, expected)


def test_the_wheel_is_typed_and_has_no_dependencies(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith("METADATA"))
    assert "headwater/py.typed" in names
    assert not [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
