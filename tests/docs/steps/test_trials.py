"""Every step of the course works: its start fails, its solution passes, and each wrong answer gets its message."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
STEPS = {f"{path.parts[-3]}/{path.parts[-2]}": path.parent for path in sorted((DOCS / "course").glob("*/*/step.toml"))}
SLOW = {
    "a-forecast-you-can-explain/correct-the-calendar",
    "a-forecast-you-can-explain/explain-every-airport",
    "features-of-every-route/every-route",
    "read-a-graph/delete-a-dead-node",
}
"""Steps with hundreds or thousands of nodes. Only `make test-all` tests them."""


def params() -> list[object]:
    return [
        pytest.param(folder, id=name, marks=[pytest.mark.everywhere] if name in SLOW else []) for name, folder in STEPS.items()
    ]


@pytest.mark.parametrize("folder", params())
def test_a_step_of_the_course_works(steps, folder: Path) -> None:
    step = steps("step").Step.read(folder, (DOCS / "data",))
    assert steps("trials").faults(step) == []


def test_a_working_step_has_no_faults(steps, read) -> None:
    assert steps("trials").faults(read()) == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("check.py", "value('one')", "The start passes, but it should fail with a helpful message."),
        ("check.py", "assert value('one') == 5", "The start gets an unhelpful message: Not yet: "),
        ("check.py", "assert 1 / 0", "The start gets an unhelpful message: The check raised ZeroDivisionError"),
        (
            "solution/flow.py",
            "def double() -> int:\n    return 5\n",
            "The solution does not pass: `double` should be 4, but it is 5.",
        ),
        ("wrong/same/flow.py", "def double() -> int:\n    return 4\n", "The wrong answer `same` passes"),
        ("wrong/same/flow.py", "def double() -> int:\n    return 7\n", "The wrong answer `same` should get the message"),
        (
            "start/flow.py",
            "def one() -> int:\n    return 1 / 0\n",
            "The start should have no errors, but it has ZeroDivisionError.",
        ),
    ],
)
def test_a_faulty_step_is_reported(steps, read, path: str, text: str, fault: str) -> None:
    (read().folder / path).write_text(text)
    assert any(found.startswith(fault) for found in steps("trials").faults(read()))


@pytest.mark.parametrize(
    ("condition", "when"),
    [("'one' not in ran", "in the first run"), ("'double' in ran", "in a second run"), ("'double' in reruns()", None)],
)
def test_a_solution_passes_in_every_run(steps, read, folder: Path, condition: str, when: str | None) -> None:
    check = folder / "check.py"
    check.write_text(f"{check.read_text()}assert {condition}, 'Only `double` should run.'\n")
    expected = (
        f"The solution passes right after a run of the start, but not {when}: Only `double` should run.\n"
        "Use `reruns()` instead of `ran` and `reused`."
    )
    assert steps("trials").faults(read()) == ([] if when is None else [expected])


def test_a_step_needs_three_wrong_answers(steps, read, folder: Path) -> None:
    settings = folder / "step.toml"
    settings.write_text("\n".join(line for line in settings.read_text().splitlines() if not line.startswith("same")))
    (folder / "wrong/same/flow.py").unlink()
    (folder / "wrong/same").rmdir()
    assert steps("trials").faults(read()) == ["The step has 2 wrong answers, but needs at least 3."]


def test_a_repair_may_start_with_an_error(steps, read, folder: Path) -> None:
    settings = folder / "step.toml"
    settings.write_text(settings.read_text().replace('"write"', '"repair"\nfails = "MissingInput"'))
    (folder / "start/flow.py").write_text("def double(one: int) -> int:\n    return one * 2\n")
    assert steps("trials").faults(read()) == []
    settings.write_text(settings.read_text().replace("MissingInput", "CycleError"))
    assert steps("trials").faults(read()) == [
        "The start should have CycleError, but it has MissingInput. If an error is intended, set `fails` in step.toml."
    ]


def test_a_prediction_is_compared_with_the_run_after_the_edit(steps, read, folder: Path) -> None:
    import shutil

    text = (folder / "step.toml").read_text().replace('"write"', '"predict"').partition("[wrong]")[0]
    answers = {"both": ["one", "double"], "other": ["other"], "edited": ["one"]}
    wrong = "".join(
        f'{name} = {{ selected = {selected}, message = "{len(selected)}" }}\n' for name, selected in answers.items()
    )
    (folder / "step.toml").write_text(text + 'answer = ["double"]\n[wrong]\n' + wrong)
    (folder / "check.py").write_text("assert predicted == ran and reused, str(len(predicted))")
    shutil.move(folder / "solution", folder / "start2")
    shutil.rmtree(folder / "start")
    shutil.rmtree(folder / "wrong")
    shutil.move(folder / "start2", folder / "start")
    (folder / "edit").mkdir()
    (folder / "edit/flow.py").write_text((folder / "start/flow.py").read_text().replace("one * 2", "one * 3"))
    assert steps("trials").faults(read()) == []
