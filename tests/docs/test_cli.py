"""The page about the command line lists every command and option."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.native

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
COMMANDS = [["share"], ["reproduce"], ["cache", "list"], ["cache", "explain"], ["cache", "prune"]]


def help_of(command: list[str]) -> str:
    arguments = [sys.executable, "-m", "headwater", *command, "--help"]
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def test_the_page_has_a_section_for_each_command():
    names = [name for command in ([], ["cache"]) for name in re.search(r"\{(.*?)\}", help_of(command))[1].split(",")]
    assert sorted(names) == sorted({name for command in COMMANDS for name in command})
    assert re.findall(r"^## `headwater (.*)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == [*map(" ".join, COMMANDS)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_section_lists_the_options_of_its_command(command: list[str]):
    section = PAGE.read_text(encoding="utf-8").partition(f"## `headwater {' '.join(command)}`")[2].partition("\n## ")[0]
    options = set(re.findall(r"^  (--[a-z-]+)", help_of(command), re.MULTILINE))
    assert set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)) == options
