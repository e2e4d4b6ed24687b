"""A step is read from its folder. The error for an incomplete step suggests a remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


def edit(folder: Path, before: str, after: str) -> None:
    settings = folder / "step.toml"
    text = settings.read_text()
    assert before in text
    settings.write_text(text.replace(before, after))


def as_kind(folder: Path, kind: str, more: str) -> None:
    """Change the kind of the step, and remove its solution and its wrong answers."""
    text = (folder / "step.toml").read_text().replace('"write"', f'"{kind}"')
    (folder / "step.toml").write_text(text.partition("[wrong]")[0] + more)
    for part in ("solution", "wrong"):
        shutil.rmtree(folder / part)


def test_a_step_has_its_files_data_and_answers(read) -> None:
    step = read()
    assert (step.name, step.example_name, step.kind, step.height) == ("doubles/double", "doubles--double", "write", 520)
    assert set(step.start) == {"flow.py"}
    assert step.data_texts == {"rain.csv": "day,rain\n1,2\n"}
    assert step.data[0].credit["license"] == "CC0-1.0"
    assert "one * 2" in step.solution.files["flow.py"]
    assert step.wrong["triple"].message == "`double` should be 4, but it is 6."
    assert "one * 3" in step.wrong["triple"].answer.files["flow.py"]


def test_a_moved_step_has_an_example_under_its_former_name(read, folder: Path) -> None:
    assert read().former_example_name is None
    edit(folder, 'kind = "write"', 'kind = "write"\nformerly = "arithmetic/twice"')
    assert read().former_example_name == "arithmetic--twice"
    assert read().task()["formerly"] == "arithmetic/twice"


def test_the_task_has_what_the_page_needs(read) -> None:
    step = read()
    assert step.task() == {
        "kind": "write",
        "title": "Double",
        "digest": step.digest,
        "matters": "A node is a function.",
        "check": step.check,
        "solution": step.solution.files,
    }


@pytest.mark.parametrize("changed", ["start/flow.py", "solution/flow.py", "check.py"])
def test_a_changed_step_has_a_different_digest(read, folder: Path, changed: str) -> None:
    before = read().digest
    assert read().digest == before
    (folder / changed).write_text("x = 1\n")
    assert read().digest != before


def test_a_prediction(read, folder: Path) -> None:
    as_kind(folder, "predict", 'answer = ["one"]\n[wrong]\nnone = { selected = [], message = "Select a node." }\n')
    (folder / "edit").mkdir()
    (folder / "edit" / "flow.py").write_text("def one() -> int:\n    return 3\n")
    task = read().task()
    assert (task["answer"], task["solution"]) == (["one"], {})
    assert task["edit"] == {"flow.py": "def one() -> int:\n    return 3\n"}
    assert read().wrong["none"].message == "Select a node."


@pytest.mark.parametrize("message", ["", ', message = ""'])
def test_a_message_may_be_empty_until_the_command_fills_it_in(read, folder: Path, message: str) -> None:
    as_kind(folder, "select", f'answer = ["one"]\n[wrong]\nnone = {{ selected = []{message} }}\n')
    assert read().wrong["none"].message == ""


def test_a_question(read, folder: Path) -> None:
    choices = "".join(
        f'[[choices]]\ntext = "{text}"\ncorrect = {correct}\nreason = "Because."\n'
        for text, correct in (("a", "true"), ("b", "false"))
    )
    as_kind(folder, "choose", f'question = "Which?"\n{choices}')
    (folder / "check.py").unlink()
    task = read().task()
    assert (task["question"], task["check"]) == ("Which?", "")
    assert task["choices"] == [
        {"text": "a", "correct": True, "reason": "Because."},
        {"text": "b", "correct": False, "reason": "Because."},
    ]
    edit(folder, "correct = true", "correct = false")
    with pytest.raises(Exception, match=r"exactly one of the `\[\[choices\]\]` with `correct = true`"):
        read()


def test_tests_with_mutants(read, folder: Path) -> None:
    edit(folder, '"write"', '"test"')
    edit(folder, "[wrong]", '[mutants]\nlow = "It is too low."\n\n[wrong]')
    (folder / "check.py").unlink()
    (folder / "mutants" / "low").mkdir(parents=True)
    (folder / "mutants" / "low" / "flow.py").write_text("def one() -> int:\n    return 1\n")
    step = read()
    assert step.check == "check_tests()\n"
    assert step.task()["mutants"] == [{"fault": "It is too low.", "files": {"flow.py": "def one() -> int:\n    return 1\n"}}]
    (folder / "mutants" / "high").mkdir()
    with pytest.raises(Exception, match=r"mutants/high has no description"):
        read()


def test_answers_with_entered_values(read, folder: Path) -> None:
    edit(folder, "[wrong]", "[solution]\ninputs = { rate = 2.0, city = 'sf', day = 2024-01-31 }\n\n[wrong]")
    edit(folder, "[wrong]\n", "[wrong]\nentered = { overrides = { one = 5 }, message = 'No.' }\n")
    step = read()
    assert step.solution.values["inputs"]["rate"] == 2.0
    assert step.task()["values"] == {"inputs": {"rate": "2.0", "city": '"sf"', "day": "date:2024-01-31"}}
    assert step.wrong["entered"].answer.values == {"overrides": {"one": 5}}
    json.dumps(step.task())


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('title = "Double"', "", r"step\.toml has no `title`. Add a string"),
        ('"Double"', '""', r"has an empty `title`"),
        ('"write"', '"wrrite"', r"has the unknown kind `wrrite`. The kinds are: `write`, `repair`"),
        ("summary", "summry", r"has the unknown setting `summry`. Did you mean `summary`\?"),
        ("matters", "fails = 'CycleError'\nmatters", r"has the unknown setting `fails`."),
        ("is a function.", "is a function", r"needs one sentence for `matters`"),
        ('"A node is a function."', '"One. Two."', r"needs one sentence for `matters`"),
        ('data = ["rain.csv"]', 'data = "rain.csv"', r"needs a list of strings, such as `data = \[.*\]`\."),
        ("rain.csv", "snow.csv", r"names invalid data. The data file `snow.csv` does not exist. Add it to .*data"),
        ("[wrong]", "height = 1.5\n[wrong]", r"needs a whole number, such as `height = 10`\."),
        ("[wrong]", "height = 0\n[wrong]", r"needs a positive whole number for `height`"),
        ("triple =", "other =", r"wrong/triple has no message. Add `triple = "),
        ("[wrong]", "[wrong]\nother = 'No.'", r"wrong/other has no Python files. Add the files that differ from the start"),
        ('triple = "`double` should be 4, but it is 6."', "triple = { mesage = 'No.' }", r"unknown setting `mesage`. Did you"),
        ("title =", "title", r"is not valid TOML"),
    ],
)
def test_invalid_settings_are_refused(read, folder: Path, before: str, after: str, says: str) -> None:
    edit(folder, before, after)
    with pytest.raises(Exception, match=says):
        read()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("step.toml", r"step\.toml is missing. Add it"),
        ("check.py", r"check\.py is missing. Write the check"),
        ("start/flow.py", r"start has no Python files. Add the files with which the learner starts"),
        ("solution/flow.py", r"solution has no Python files"),
    ],
)
def test_missing_parts_are_refused(read, folder: Path, path: str, says: str) -> None:
    (folder / path).unlink()
    with pytest.raises(Exception, match=says):
        read()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("solve/flow.py", r"solve is not part of a step of kind `write`. Its parts are: `check.py`, `solution`, `start`"),
        ("start/rain.csv", r"start/rain\.csv is not a Python file. Put data in docs/data"),
    ],
)
def test_unknown_parts_are_refused(read, folder: Path, path: str, says: str) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("")
    with pytest.raises(Exception, match=says):
        read()


def test_data_without_a_license_is_refused(read, course: Path) -> None:
    (course.parent / "data" / "data.toml").unlink()
    with pytest.raises(Exception, match=r"names invalid data\. .*Describe the file there"):
        read()


def test_a_name_has_no_numbers(steps, folder: Path) -> None:
    numbered = folder.rename(folder.with_name("step-1"))
    with pytest.raises(Exception, match=r"needs another name: lowercase words joined by hyphens"):
        steps("step").Step.read(numbered, ())
