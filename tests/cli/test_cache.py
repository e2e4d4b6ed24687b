"""`headwater cache`: the contents of a cache in the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from headwater import Builder
from headwater.cli import main

pytestmark = pytest.mark.native  # Pyodide may have no SQLite


def price(base: int) -> int:
    return base + 1


def total(price: int) -> tuple[int, int]:
    return (price, price)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    driver = Builder().with_functions(price, total).with_cache(tmp_path).build()
    for base in (1, 2):
        driver.execute(["total"], inputs={"base": base})
    driver.cache.close()
    return tmp_path


def output_of(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    main(["cache", *map(str, arguments)])
    return capsys.readouterr().out


def test_list_shows_nodes_with_their_latest_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows, summary = output_of(capsys, "list", folder).splitlines()
    assert head.split("  ")[0] == "node"
    assert [re.split(r"\s{2,}", row)[0] for row in rows] == ["price", "total"]
    assert [re.split(r"\s{2,}", row)[2] for row in rows] == ["json", "pickle"]
    assert [row.split()[-1] for row in rows] == ["2", "2"]
    assert summary.startswith("2 nodes, 4 values, ")


def test_explain_shows_versions_and_what_changed_between_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = output_of(capsys, "explain", folder, "price").splitlines()
    assert [line for line in lines if line.startswith("  ")] == [
        "  input base: changed",
        f"  function {__name__}.price",
        "  input base",
    ]
    assert [bool(re.fullmatch(r"\d{4}-\d\d-\d\d \S+  version \w{32}  code \w{12}  json, 1 B", line)) for line in lines] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_explain_names_the_nodes_that_the_cache_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cache", "explain", str(folder), "prices"])
    expected = "headwater cache: The cache has no value for `prices`. It has values for: price, total.\n"
    assert capsys.readouterr().err == expected


def test_an_empty_cache_is_described(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output_of(capsys, "prune", folder, "--all")
    with pytest.raises(SystemExit):
        main(["cache", "explain", str(folder), "price"])
    assert capsys.readouterr().err.endswith("The cache has no value for `price`. The cache is empty.\n")


def test_prune_keeps_a_size(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = output_of(capsys, "prune", folder, "--max-size", "30B")
    assert re.match(r"Deleted [123] values? and 0 unused files\. ", text)
    assert output_of(capsys, "prune", folder, "--all").endswith(
        "0 B of " + text.partition(". ")[2].partition(" of ")[0] + " remain.\n"
    )
    assert [path for path in (folder / "values").rglob("*") if path.is_file()] == []
    assert output_of(capsys, "list", folder).endswith("0 nodes, 0 values, 0 B\n")


def test_prune_deletes_values_that_were_not_used_for_long(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert output_of(capsys, "prune", folder, "--older-than", "1").startswith("Deleted 0 values")
    assert output_of(capsys, "prune", folder, "--older-than", "0").startswith("Deleted 4 values")


def test_prune_deletes_files_that_killed_writers_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "values" / "00").mkdir(exist_ok=True)
    (folder / "values" / "00" / ("0" * 32 + ".json")).touch()
    assert output_of(capsys, "prune", folder).startswith("Deleted 0 values and 1 unused file.")


@pytest.mark.parametrize("size", ["much", "1PB", "-1"])
def test_an_invalid_size_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str], size: str) -> None:
    with pytest.raises(SystemExit):
        main(["cache", "prune", str(folder), f"--max-size={size}"])
    assert "Expected a size such as 500MB or 2GB" in capsys.readouterr().err


def test_a_folder_without_a_cache_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["cache", "list", str(tmp_path)])
    assert "is not a cache: it has no file `traces-1.sqlite`" in capsys.readouterr().err


def test_values_behind_a_url_are_pruned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = (tmp_path / "shared").as_uri()
    driver = Builder().with_functions(price).with_cache(tmp_path / "cache", values=url).build()
    driver.execute(["price"], inputs={"base": 1})
    driver.cache.close()
    assert output_of(capsys, "prune", tmp_path / "cache", "--all", "--values", url).startswith("Deleted 1 value ")
    assert list((tmp_path / "shared").rglob("*.json")) == []
