"""Runs the Python tests in every other CPython that Headwater supports: `python tests/every_python.py [pytest options]`.

The classifiers in `pyproject.toml` list the supported versions. The version that runs this program is left out. Each version is
looked up on the `PATH` and among pyenv's versions, if pyenv is installed. Virtual environments are stored in `.make/pythons/`.
"""

import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "pyproject.toml"
ENVIRONMENTS = ROOT / ".make" / "pythons"
GROUPS = ("docs", "test")
"""The project's dependency groups that the tests need. Some tests import the docs' hooks."""
OPTIONS = [
    "--ignore=tests/browser",
    "--ignore=tests/pyodide",
    "--ignore=tests/engines",
    "-q",
    "--numprocesses=auto",
    "--maxprocesses=4",
    "--dist=worksteal",
]


def supported() -> list[str]:
    """Return the minor versions that the project claims to support, such as `3.12`."""
    classifiers = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["classifiers"]
    return [found[1] for line in classifiers if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line))]


def is_version(python: str, version: str) -> bool:
    """Return whether a program starts and is CPython of this version. A pyenv shim may have no Python behind it."""
    program = "import platform, sys; print(platform.python_implementation(), *sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-I", "-c", program], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.stdout.split() == ["CPython", *version.split(".")]


@functools.cache
def pyenv_pythons() -> list[str]:
    """Return the paths of the Pythons that pyenv has installed, newest first."""
    if shutil.which("pyenv") is None:
        return []
    root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S607
    return [str(path) for path in sorted(Path(root).glob("versions/3.*/bin/python"), reverse=True)]


def python_of(version: str) -> str | None:
    """Return the path of a Python of the given version, or None."""
    candidates = [shutil.which(f"python{version}"), *(path for path in pyenv_pythons() if f"/{version}." in path)]
    return next((path for path in candidates if path is not None and is_version(path, version)), None)


def prepared(python: str, version: str) -> Path:
    """Return the Python of the tests' virtual environment, which is recreated when the project's requirements change."""
    environment = ENVIRONMENTS / version
    inside = environment / "bin" / "python"
    done = environment / "done"
    wanted = hashlib.sha256(PROJECT.read_bytes()).hexdigest()
    if not done.is_file() or done.read_text() != wanted:
        subprocess.run([python, "-m", "venv", "--clear", str(environment)], check=True)
        install = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "pip>=25.1"], check=True)
        groups = [option for group in GROUPS for option in ("--group", group)]
        subprocess.run([*install, "--editable", str(ROOT), *groups], cwd=ROOT, check=True)
        done.write_text(wanted)
    return inside


def tested(version: str, options: list[str]) -> str:
    """Test one version. Return a summary, which begins with capitals if the tests failed or did not run."""
    python = python_of(version)
    if python is None:
        return f"NOT TESTED: no python{version} on the PATH or in pyenv"
    try:
        inside = prepared(python, version)
    except subprocess.CalledProcessError as error:
        return f"FAILED: its environment could not be created: {error}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTHON"))}
    command = [str(inside), "-m", "pytest", "tests", *OPTIONS, *options]
    done = subprocess.run(command, cwd=ROOT, env=clean, check=False)
    return "passed" if done.returncode == 0 else f"FAILED: pytest exited with {done.returncode}"


def main() -> None:
    current = f"{sys.version_info.major}.{sys.version_info.minor}"
    outcomes = {}
    for version in supported():
        if version != current:
            print(f"== Python {version}", flush=True)
            outcomes[version] = tested(version, sys.argv[1:])
            print(f"== Python {version}: {outcomes[version]}", flush=True)
    print("\n== Other Pythons")
    for version, outcome in outcomes.items():
        print(f"   Python {version}: {outcome}")
    sys.exit(any(outcome.startswith("FAILED") for outcome in outcomes.values()))


if __name__ == "__main__":
    main()
