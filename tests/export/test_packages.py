"""The requirements of an exported project."""

from __future__ import annotations

import pytest

from headwater.export.packages import requirements


def test_modules_of_the_browser_are_not_packages() -> None:
    assert requirements({"flow": "import js\nimport pyodide.ffi\nfrom pyodide_js import loadPackage\n"}) == []


@pytest.mark.parametrize("module", ["__main__", "_private", "größe", "ｏｓ", "name_"])  # noqa: RUF001
def test_a_module_that_cannot_be_a_package_name_is_omitted(module: str) -> None:
    assert requirements({"flow": f"import {module}\n"}) == []


def test_a_package_that_is_not_installed_has_no_version() -> None:
    assert requirements({"flow": "import nowhere_at_all\n", "other": "from nowhere_at_all import one\n"}) == ["nowhere_at_all"]
