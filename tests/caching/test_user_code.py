"""The distinction between the user's own code and libraries. A library is identified by its version."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import headwater
from headwater.caching.user_code import is_user_class, is_user_file, is_user_module, library_version, own_sources


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/home/ada/project/flow.py", True),
        ("relative/flow.py", True),
        ("<string>", True),
        ("<ipython-input-1>", True),
        ("<frozen importlib>", False),
        ("/home/ada/.venv/lib/python3.11/site-packages/lib/a.py", False),
        ("/usr/lib/python3/dist-packages/lib/a.py", False),
        (json.__file__, False),
        (str(np.__file__), False),
        (str(headwater.__file__), False),
    ],
)
def test_files_outside_of_the_standard_library_and_site_packages_are_the_users(file: str, *, expected: bool) -> None:
    assert is_user_file(file) is expected


def test_an_editable_install_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editable install uses a `.pth` file or a finder. Either way, its modules are files in the user's folder."""
    (tmp_path / "editable_package").mkdir()
    (tmp_path / "editable_package" / "__init__.py").write_text("class A: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    import editable_package  # type: ignore[import-not-found]

    try:
        assert is_user_module(editable_package)
        assert is_user_class(editable_package.A)
    finally:
        del sys.modules["editable_package"]


def test_modules_without_a_file() -> None:
    assert is_user_module(ModuleType("notebook"))
    assert not is_user_module(sys)
    namespace = ModuleType("package")
    namespace.__path__ = ["/home/ada/package"]
    assert is_user_module(namespace)
    namespace.__path__ = ["/usr/lib/python3/site-packages/package"]
    assert not is_user_module(namespace)


def test_classes() -> None:
    assert not is_user_class(dict)
    assert not is_user_class(np.ndarray)
    assert is_user_class(type("Local", (), {"__module__": "gone"}))


def test_versions_of_libraries() -> None:
    assert library_version("numpy.linalg") == f"numpy {np.__version__}"
    assert library_version("json.decoder") == f"python {'.'.join(map(str, sys.version_info[:3]))}"
    assert library_version("no_such_library") is None


def test_the_version_of_a_library_without_an_attribute_is_that_of_its_distribution() -> None:
    assert str(library_version("pytest_timeout")).startswith("pytest_timeout ")
    assert str(library_version("_pytest")).startswith("_pytest ")


def test_installed_packages_that_define_nodes_are_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages"
    for file in ("shop/__init__.py", "shop/flows/prices.py", "space/inner/__init__.py", "space/other/__init__.py", "single.py"):
        (installed / file).parent.mkdir(parents=True, exist_ok=True)
        (installed / file).write_text("", encoding="utf-8")
    (installed / "shop" / "flows" / "__init__.py").touch()
    monkeypatch.syspath_prepend(installed)
    for name in ("shop.flows.prices", "space.inner", "space.other", "single"):
        importlib.import_module(name)
    try:
        own = own_sources(["shop.flows.prices", "space.inner", "single", "json", "headwater.driver", "missing", __name__])
        assert own == {str(installed / part) for part in ("shop", "space/inner", "single.py")}
        assert is_user_file(str(installed / "shop" / "rates.py"), own)
        assert not is_user_file(str(installed / "shop" / "rates.py"))
        assert not is_user_file(str(installed / "shopping.py"), own)
        assert is_user_module(sys.modules["space.inner"], own)
        assert not is_user_module(sys.modules["space.other"], own)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] in ("shop", "space", "single")]:
            del sys.modules[name]


def test_libraries_whose_functions_are_nodes_count_by_version() -> None:
    assert own_sources(["numpy"]) == frozenset()


def test_classes_of_compiled_modules_are_not_the_users() -> None:
    cls = type(np.random.default_rng)
    assert not is_user_class(cls)
    assert library_version(cls.__module__) is not None
