"""A failed write leaves the caller's open transaction unchanged."""

import pytest

from headwater import Builder
from headwater.io import to
from headwater.io.sql import TableExists

sqlite3 = pytest.importorskip("sqlite3")

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

GOOD = {"a": [1, 2]}
WRONG = {"a": [1, 2**63]}


@pytest.fixture
def database():
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


def save(frame: object, database: sqlite3.Connection, **options: object) -> None:
    def table() -> object:
        return frame

    table.__annotations__["return"] = type(frame)
    if isinstance(frame, pd.DataFrame):
        options["index"] = False
    saving = to.sql(id="saved", dependencies=["table"], table_name="numbers", db_connection=database, **options)
    Builder().with_functions(table).build().materialize(saving)


def rows(database: sqlite3.Connection) -> list[tuple[int]]:
    return database.execute("SELECT a FROM numbers").fetchall()


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize("if_exists", ["replace", "append"])
def test_a_failure_rolls_back_only_its_part_of_the_transaction(database, kind, if_exists):
    save(kind(GOOD), database)
    database.execute("CREATE TABLE mine (a)")
    database.execute("INSERT INTO mine VALUES (1)")
    assert database.in_transaction
    with pytest.raises(OverflowError):
        save(kind(WRONG), database, if_exists=if_exists)
    assert database.in_transaction
    database.commit()
    assert rows(database) == [(1,), (2,)]
    assert database.execute("SELECT a FROM mine").fetchall() == [(1,)]


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame])
def test_a_success_is_part_of_the_transaction(database, kind):
    save(kind(GOOD), database)
    database.execute("BEGIN")
    save(kind({"a": [3]}), database, if_exists="replace")
    assert rows(database) == [(3,)]
    database.rollback()
    assert rows(database) == [(1,), (2,)]


def test_an_existing_table_is_refused_within_a_transaction(database):
    save(pd.DataFrame(GOOD), database)
    database.execute("BEGIN")
    with pytest.raises(TableExists):
        save(pd.DataFrame(GOOD), database)
    assert database.in_transaction
    database.commit()
    assert rows(database) == [(1,), (2,)]
