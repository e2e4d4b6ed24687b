"""Commit subjects are imperative and short."""

import subprocess

import pytest


@pytest.mark.parametrize("subject", ["Add a check", "Bring back the old text", "Process files", "Fix `x` in y.py", "X" * 72])
def test_an_imperative_subject_passes(prose, subject):
    assert prose("commits").problems([subject]) == []


@pytest.mark.parametrize(
    ("subject", "problem"),
    [
        ("Added a check", "is not imperative"),
        ("Adds a check", "is not imperative"),
        ("Adding a check", "is not imperative"),
        ('A "note"', "is not imperative"),
        ("add a check", "does not begin with a capital letter"),
        ("Add a check.", "ends with a period"),
        ("Add " + "a" * 69, "has 73 characters"),
    ],
)
def test_any_other_subject_is_reported(prose, subject, problem):
    commits = prose("commits")
    (found,) = commits.problems(["Add this", subject, "Add that"])
    assert found.startswith(f"{subject!r} {problem}")


@pytest.fixture
def repository(tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        command = ["git", "-C", str(tmp_path), *identity, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    git("init", "--quiet")
    for subject in ("First things", "Add a", "Add b"):
        git("commit", "--quiet", "--allow-empty", "-m", subject)
    return tmp_path, git("rev-parse", "HEAD~2")


def test_only_commits_after_the_base_are_read(prose, repository):
    folder, base = repository
    assert prose("commits").subjects_since(base, folder) == ["Add b", "Add a"]


def test_an_unknown_base_is_told_apart_from_no_commits(prose, repository):
    folder, _ = repository
    assert prose("commits").subjects_since("0" * 40, folder) is None


def test_the_command_prints_problems_and_fails(prose, monkeypatch, capsys):
    commits = prose("commits")
    for subjects, code, output in [
        (["Add a"], 0, "Commits: no findings.\n"),
        (["Add a."], 1, "'Add a.' ends with a period. Remove it.\n"),
        (None, 0, f"Commits: not checked, because {commits.BASE[:7]} is not in this repository.\n"),
    ]:
        monkeypatch.setattr(commits, "subjects_since", lambda _base, subjects=subjects: subjects)
        assert commits.main() == code
        assert capsys.readouterr().out == output
