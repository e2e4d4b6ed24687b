"""Check commit subjects: imperative, at most 72 characters (`PYTHONPATH=docs python -m prose.commits`).

ruff's rule D401 decides whether a subject is imperative, as it does for docstrings. Commits up to `BASE` are not checked.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
BASE: Final = "45b67b457d1c0d6eab02c6595bbb3c4db5d0af6f"
MAX_LENGTH: Final = 72
GERUND: Final = re.compile(r"(?!Bring|Ping|Ring|Spring|String|Swing)[A-Z][a-z]+ing ")
"""A gerund as the first word. D401 accepts gerunds."""


def problems(subjects: Sequence[str]) -> list[str]:
    """Return a line for each problem with the subjects."""
    imperative = not_imperative(subjects)
    found: list[str] = []
    for index, subject in enumerate(subjects):
        if len(subject) > MAX_LENGTH:
            found.append(f"{subject!r} has {len(subject)} characters. Write at most {MAX_LENGTH}.")
        if not subject[:1].isupper():
            found.append(f"{subject!r} does not begin with a capital letter.")
        if subject.endswith("."):
            found.append(f"{subject!r} ends with a period. Remove it.")
        if index in imperative or GERUND.match(subject):
            found.append(f"{subject!r} is not imperative. Begin with a verb, as in “Add a check”.")
    return found


def not_imperative(subjects: Iterable[str]) -> set[int]:
    """Return the positions of subjects that are not imperative. ruff checks them as docstrings."""
    module = "".join(f"def f{index}():\n    {json.dumps(subject)}\n" for index, subject in enumerate(subjects))
    options = ["--isolated", "--select", "D401", "--output-format", "json", "--stdin-filename", "subjects.py"]
    ruff = [sys.executable, "-m", "ruff", "check", *options, "-"]
    done = subprocess.run(ruff, input=module, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - runs ruff with fixed arguments
    return {(finding["location"]["row"] - 1) // 2 for finding in json.loads(done.stdout)}


def subjects_since(base: str, repository: Path = ROOT) -> list[str] | None:
    """Return the subjects of the commits after a given commit, or None if the repository does not have that commit."""
    command = ["git", "-C", str(repository), "log", "--no-merges", "--format=%s", f"{base}..HEAD"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")  # noqa: S603 - runs git with fixed arguments
    return done.stdout.splitlines() if done.returncode == 0 else None


def main() -> int:
    """Print the problems in commits since `BASE`; return 1 if there are any."""
    subjects = subjects_since(BASE)
    if subjects is None:
        print(f"Commits: not checked, because {BASE[:7]} is not in this repository.")
        return 0
    found = problems(subjects)
    print("\n".join(found) or "Commits: no findings.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
