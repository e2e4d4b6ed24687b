"""The latest run stays valid as long as its files and values are the current ones, even if an edit was made and undone."""

from __future__ import annotations

from typing import Any

import pytest

from headwater.session import Session

FILES = {"shop.py": "def total(price: object) -> object:\n    return price\n"}
EDITED = {"shop.py": "def total("}


def test_an_undone_edit_restores_the_run(session: Session) -> None:
    session.update(FILES, inputs={"price": 2})
    session.run()
    latest = session.latest_run
    for files in (EDITED, {}, {**FILES, "notes.txt": ""}):
        session.update(files, inputs={"price": 2})
        assert session.latest_run is None
    session.update(FILES, inputs={"price": 2})
    assert latest is not None
    assert session.latest_run is latest


def test_an_undone_edit_restores_the_failure(session: Session) -> None:
    session.update(EDITED)
    session.run()
    failure = session.failure
    session.update(FILES)
    assert session.failure is None
    session.update(EDITED)
    assert failure is not None
    assert session.failure == failure


def test_an_invalid_file_name_belongs_to_the_run(session: Session) -> None:
    invalid = {**FILES, "bad name.py": ""}
    for files, problems in ((FILES, []), (invalid, ["FileNameError"])):
        session.update(files, inputs={"price": 2})
        session.run()
        for other in (invalid, FILES):
            session.update(other, inputs={"price": 2})
            assert (session.latest_run is not None) is (other == files)
        session.update(files, inputs={"price": 2})
        assert session.latest_run is not None
        assert [problem["kind"] for problem in session.latest_run.problems] == problems


@pytest.mark.parametrize("changed", [{"inputs": {"price": 3}}, {"overrides": {"total": 3}}, {"config": {"unit": 3}}])
def test_undone_changes_of_values_restore_the_run(session: Session, changed: dict[str, Any]) -> None:
    session.update(FILES, inputs={"price": 2})
    session.run()
    session.update(FILES, **{"inputs": {"price": 2}, **changed})
    assert session.latest_run is None
    session.update(FILES, inputs={"price": 2})
    assert session.latest_run is not None


@pytest.mark.parametrize(("before", "after"), [(1, True), (1, 1.0), (0.0, -0.0), ([], [])])
def test_other_or_mutable_values_do_not_restore_the_run(session: Session, before: object, after: object) -> None:
    session.update(FILES, inputs={"price": before})
    session.run()
    session.update(EDITED, inputs={"price": before})
    session.update(FILES, inputs={"price": after})
    assert session.latest_run is None


def test_only_the_latest_run_is_restored(session: Session) -> None:
    session.update(FILES, inputs={"price": 2})
    session.run()
    session.update(EDITED, inputs={"price": 2})
    session.run()
    session.update(FILES, inputs={"price": 2})
    assert session.latest_run is None
