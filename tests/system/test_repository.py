"""The project's metadata and the files for its repository agree with each other."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

import headwater
from headwater.integrations import __path__ as integrations

pytestmark = pytest.mark.native

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
URLS: dict[str, str] = PROJECT["project"]["urls"]
LIBRARIES = sorted(path.parent.name for path in Path(integrations[0]).glob("*/__init__.py"))
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
WITH_ENGINES = {"dask", "ray", "pyspark", "pandas-on-spark"}


@cache
def distributions_by_package() -> dict[str, list[str]]:
    """Return the distributions of each installed package. Finding them takes a second."""
    return dict(packages_distributions())


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def packages(requirements: list[str]) -> set[str]:
    return {Requirement(requirement).name for requirement in requirements}


def requirement_of_tests(name: str) -> Requirement:
    requirements = (Requirement(entry) for entry in PROJECT["dependency-groups"]["test"] if isinstance(entry, str))
    return next(requirement for requirement in requirements if requirement.name == name)


# --- extras -----------------------------------------------------------------------------------------------------------


def test_each_integration_has_an_extra_with_its_name() -> None:
    assert {name for name in EXTRAS if name != "pandas-on-spark"} == set(LIBRARIES)


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_extra_installs_the_library_that_the_integration_imports(library: str) -> None:
    distributions = distributions_by_package().get(library)
    if distributions is None:
        pytest.skip(f"{library} is not installed. `make engines` installs large libraries.")
    assert packages(EXTRAS[library]) & {name.lower() for name in distributions}


def test_the_tests_install_every_extra_without_an_engine() -> None:
    assert requirement_of_tests("headwater").extras == set(EXTRAS) - WITH_ENGINES


def test_the_page_about_installation_lists_every_extra() -> None:
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    table = page.partition("## Extras")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`(.*?)`", row)) == sorted(EXTRAS)


def test_a_version_is_stated_once_unless_something_needs_another() -> None:
    repeated = packages([entry for entry in PROJECT["dependency-groups"]["test"] if isinstance(entry, str)]) & {
        name for extra in set(EXTRAS) - WITH_ENGINES for name in packages(EXTRAS[extra])
    }
    assert repeated == {"pandas"}  # pinned to the version in the browser


# --- addresses --------------------------------------------------------------------------------------------------------


WITH_ADDRESSES = [
    *(ROOT / name for name in ("CITATION.cff", "SECURITY.md", "CODE_OF_CONDUCT.md", "README.md", "mkdocs.yml")),
    ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "guides").glob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
"""The files that may contain the address of the repository or of the site."""


@pytest.mark.parametrize("path", WITH_ADDRESSES, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_files_use_the_addresses_in_the_metadata(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    own = re.findall(r"https://[\w.-]*github\.(?:com|io)/[^\s\"')>]*", text)
    assert [url for url in own if not url.startswith((URLS["Source"], URLS["Homepage"]))] == []


def test_the_footer_of_the_site_links_to_the_repository() -> None:
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert f"  repository: {URLS['Source']}" in lines


@pytest.mark.parametrize("path", ["README.md", "docs/index.md", "docs/install.md", "docs/guides/hosting.md"])
def test_a_page_that_installs_from_a_clone_says_how_to_clone(path: str) -> None:
    assert f"git clone {URLS['Source']}\n" in (ROOT / path).read_text(encoding="utf-8").replace(" && cd headwater", "")


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_with_the_command_for_an_extra_says_what_to_run_until_the_first_release(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert 'pip install "headwater[' not in text or "#until-the-first-release" in text


def test_the_citation_states_the_version_and_the_license() -> None:
    citation = loaded(ROOT / "CITATION.cff")
    assert citation["version"] == headwater.__version__ == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]
    assert citation["repository-code"] == URLS["Source"]
    assert citation["url"] == URLS["Homepage"]
    assert citation["keywords"] == PROJECT["project"]["keywords"]


# --- GitHub -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_few_permissions_a_limit_and_a_group(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "group" in workflow["concurrency"]
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_has_a_version(path: Path) -> None:
    used = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
    assert [action for action in used if not re.search(r"@(v\d+|release/v\d+|[0-9a-f]{40})$", action)] == []


def test_ci_tests_the_supported_versions_on_three_systems() -> None:
    matrix = loaded(GITHUB / "workflows" / "ci.yml")["jobs"]["python"]["strategy"]["matrix"]
    classifiers = PROJECT["project"]["classifiers"]
    supported = [found[1] for line in classifiers if (found := re.fullmatch(r".*Python :: (3\.\d+)", line))]
    assert matrix["python"] == supported
    assert [system.partition("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]


def test_make_targets_in_workflows_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {"check", "test"}
    for path in WORKFLOWS:
        targets |= set(re.findall(r"\bmake ([a-z-]+)", path.read_text(encoding="utf-8")))
    assert [target for target in sorted(targets) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_only_jobs_that_publish_may_identify_themselves() -> None:
    jobs = {(path.stem, name): job for path in WORKFLOWS for name, job in loaded(path)["jobs"].items()}
    identified = {key for key, job in jobs.items() if "id-token" in job.get("permissions", {})}
    assert identified == {("release", "build"), ("release", "publish"), ("pages", "publish")}
    assert jobs["release", "publish"]["environment"] == "pypi"


# --- tests ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: str(path.relative_to(ROOT / "tests"))
)
def test_tests_of_posix_features_are_marked(path: Path) -> None:
    """Windows lacks these functions, or allows only administrators to call them."""
    if path.parent.name in ("browser", "engines", "pyodide"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if "mark.posix" in "".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)):
        return
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        calls = {
            node.func.attr for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        posix = calls & {"symlink_to", "mkfifo", "chmod", "fork", "chown"}
        marked = any("posix" in ast.unparse(decorator) for decorator in function.decorator_list)
        assert not posix or marked, f"{function.name} calls {', '.join(posix)}. Mark it with `@pytest.mark.posix`."
