"""Setup for all tests: the number of Hypothesis examples, stable test names, and modules created from source text."""

import gc
import linecache
import os
import re
import secrets
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ModuleMaker = Callable[[str, str], ModuleType]

# Tests state their number of examples as a multiple of `settings.default.max_examples`, which the profile determines.
# A deadline and `too_slow` say nothing about the code: they measure how busy the machine is.
settings.register_profile(
    "quick", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.register_profile("brief", settings.get_profile("quick"), max_examples=20)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or "quick"
settings.load_profile(PROFILE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """In Pyodide, skip modules whose tests do not run there.

    Importing all modules would take a long time, and some of them need processes.
    """
    if sys.platform != "emscripten" or not collection_path.name.startswith("test_"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    if re.search(r"^pytestmark = .*\bmark\.native\b", text, re.MULTILINE):
        return True
    if "interpreter" not in config.option.markexpr:
        return None
    if re.search(r"^pytestmark = .*\bmark\.portable\b", text, re.MULTILINE):
        return True
    folders = [folder for folder in collection_path.parents if Path(__file__).parent in folder.parents]
    setups = [setup.read_text(encoding="utf-8") for folder in folders if (setup := folder / "conftest.py").exists()]
    return None if any("mark.interpreter" in each for each in (text, *setups)) else True


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Hide the objects that are created during test collection from the garbage collector, because they live until all tests
    end.

    There are millions of them, and the garbage collector would traverse them again and again: while tests are collected, and
    in each `gc.collect()` of a test.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests that this system cannot run, and refuse names that xdist could not match."""
    _skip_without_posix(items)
    _refuse_unstable_names(items)


def _skip_without_posix(items: list[pytest.Item]) -> None:
    if os.name == "posix":
        return
    for item in items:
        if item.get_closest_marker("posix") is not None:
            item.add_marker(pytest.mark.skip(reason="needs symbolic links, named pipes or POSIX permissions"))


def _refuse_unstable_names(items: list[pytest.Item]) -> None:
    """Refuse names that differ from process to process: xdist could not match the tests of its workers."""
    unstable = [item.nodeid for item in items if " at 0x" in item.nodeid]
    if unstable:
        listed = "\n  ".join(unstable)
        raise pytest.UsageError(f"These test names contain addresses; give `parametrize` readable `ids`:\n  {listed}")


@pytest.fixture(scope="session")
def thorough() -> bool:
    """Return whether tests may take a long time, as in `make test-all`."""
    return PROFILE == "thorough"


def modules_after(program: str) -> set[str]:
    # Coverage would import additional modules.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    shown = f"{textwrap.dedent(program)}\nimport sys\nprint(*sys.modules)"
    command = [sys.executable, "-c", shown]
    return set(subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.split())


@pytest.fixture(scope="session")
def imported_by() -> Callable[[str], set[str]]:
    """Return a function that runs a program in a fresh Python, and returns the names of the modules that it loads.

    Modules that every program loads are left out.
    """
    always = modules_after("")
    return lambda program: modules_after(program) - always


@pytest.fixture(scope="session")
def dask_library() -> ModuleType:
    """Import Dask and its collections."""
    pytest.importorskip("dask.dataframe", reason="Dask's collections are not installed. `make engines` installs them.")
    return pytest.importorskip("distributed", reason="distributed is not installed. `make engines` installs it.")


@pytest.fixture(scope="session")
def ray_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep Ray's token out of the home folder. A process reads the token once."""
    token = tmp_path_factory.mktemp("ray") / "token"
    token.write_text(secrets.token_hex(32), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_TOKEN_PATH", str(token))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        yield


@pytest.fixture(scope="session")
def ray(ray_environment: None) -> Iterator[ModuleType]:
    """Start a Ray cluster on this machine, once for all tests."""
    ray = pytest.importorskip("ray", reason="ray is not installed. `make engines` installs it.")
    ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, resources={"accelerator": 1})
    yield ray
    ray.shutdown()


@pytest.fixture
def module(tmp_path, monkeypatch) -> Iterator[ModuleMaker]:
    """Return a function that creates a module from source text, in a real file. The test can import the module by its name."""

    def make(name: str, source: str) -> ModuleType:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        new = ModuleType(name)
        new.__file__ = str(path)
        monkeypatch.setitem(sys.modules, name, new)
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(new))  # noqa: S102
        return new

    yield make
    linecache.clearcache()


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A Spark session in this process, with two worker threads. Tests are skipped without PySpark or Java."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed. `make engines` installs it.")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not on the PATH. On Debian: apt install openjdk-17-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # the workers' Python, which is otherwise the first Python on the PATH
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.log.level": "OFF"}
        session = sql.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        yield session
        session.stop()
