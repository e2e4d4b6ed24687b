"""Round trips of database tables, which are written completely or not at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headwater import Builder, configuration, load_from, save_to, source
from headwater.io.sql import TableExists, UnknownDatabase

pd = pytest.importorskip("pandas")
np = pytest.importorskip("numpy")
sqlite3 = pytest.importorskip("sqlite3")


@pytest.fixture
def frame():
    return pd.DataFrame({"day": ["mon", "tue"], "rain": [0.5, 1.25], "count": [1, 2]})


def sqlite(_: Path):
    return sqlite3.connect(":memory:")


def duckdb(_: Path):
    return pytest.importorskip("duckdb").connect(":memory:")


def sqlalchemy(folder: Path):
    return pytest.importorskip("sqlalchemy").create_engine(f"sqlite:///{folder / 'a.db'}")


@pytest.fixture(params=[sqlite, duckdb, sqlalchemy])
def database(request, tmp_path):
    connection = request.param(tmp_path)
    yield connection
    (connection.dispose if request.param is sqlalchemy else connection.close)()


@pytest.fixture(params=["pandas", "polars"])
def table(request, frame):
    if request.param == "pandas":
        return frame
    pl = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    return pl.DataFrame(frame.to_dict("list"))


def save_table(table, database, **options):
    def original() -> type(table):
        return table

    if type(table).__module__.startswith("pandas"):
        options = {"index": False, **options}
    saved = save_to.sql(table_name="weather", db_connection=database, output_name_="saved", **options)(original)
    return Builder().with_functions(saved).build().execute(["saved"])["saved"]


def load_table(kind: type, database, query: str):
    @load_from.sql(query_or_table=source("query"), db_connection=database)
    def loaded(data: kind) -> kind:
        return data

    values = Builder().with_functions(loaded).build().execute(["loaded", "loaded.data.loader"], inputs={"query": query})
    return values["loaded"], values["loaded.data.loader"][1]


def records(table) -> list:
    return table.to_dict("records") if hasattr(table, "to_records") else table.to_dicts()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # SQLAlchemy's pool closes the connection when it is freed
def test_a_saved_table_can_be_loaded(table, database):
    metadata = save_table(table, database)
    assert metadata["sql_metadata"]["rows"] == 2
    assert metadata["sql_metadata"]["query_or_table"] == "weather"
    restored, load_metadata = load_table(type(table), database, "weather")
    assert records(restored) == records(table)
    assert load_metadata["dataframe_metadata"]["column_names"] == ["day", "rain", "count"]
    assert json.loads(json.dumps(load_metadata)) == load_metadata
    some, _ = load_table(type(table), database, "SELECT day FROM weather WHERE rain > 1")
    assert records(some) == [{"day": "tue"}]


def test_a_table_is_appended_to_and_replaced(table, database):
    save_table(table, database)
    save_table(table, database, if_exists="append")
    assert len(load_table(type(table), database, "weather")[0]) == 4
    save_table(table, database, if_exists="replace")
    assert records(load_table(type(table), database, "weather")[0]) == records(table)


@pytest.mark.parametrize("make", [sqlite, duckdb])
def test_an_existing_table_is_kept_by_default(frame, make, tmp_path):
    database = make(tmp_path)
    save_table(frame, database)
    with pytest.raises(
        TableExists, match=r'Table `weather` already exists. Pass `if_exists="replace"` or `if_exists="append"`'
    ):
        save_table(frame, database)
    database.close()


def test_a_failed_write_leaves_the_old_table(frame):
    database = sqlite3.connect(":memory:")
    save_table(frame, database)
    wrong = frame.assign(rain=[1.0, 2.0], count=[1, 2**70])
    with pytest.raises(OverflowError):
        save_table(wrong, database, if_exists="replace")
    assert records(load_table(pd.DataFrame, database, "weather")[0]) == records(frame)
    database.close()


def test_an_open_transaction_is_joined(frame):
    database = sqlite3.connect(":memory:")
    database.execute("BEGIN")
    save_table(frame, database)
    database.rollback()
    assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database.close()


def test_dates_and_missing_values_reach_sqlite():
    database = sqlite3.connect(":memory:")
    moments = pd.DataFrame({"at": [pd.Timestamp("2024-05-01 12:30"), pd.NaT], "text": ["a", None], "number": [1.5, np.nan]})
    save_table(moments, database)
    assert database.execute("SELECT * FROM weather").fetchall() == [("2024-05-01 12:30:00", "a", 1.5), (None, None, None)]
    assert database.execute("SELECT date(at) FROM weather").fetchone() == ("2024-05-01",)
    database.close()


def test_polars_dates_reach_sqlite():
    pl = pytest.importorskip("polars")
    database = sqlite3.connect(":memory:")
    save_table(pl.DataFrame({"at": [datetime(2024, 5, 1, 12, 30, tzinfo=UTC).replace(tzinfo=None)], "flag": [True]}), database)
    assert database.execute("SELECT * FROM weather").fetchall() == [("2024-05-01 12:30:00", 1)]
    database.close()


def test_the_index_is_saved_by_default(frame):
    database = sqlite3.connect(":memory:")
    save_table(frame, database, index=True)
    assert database.execute("SELECT * FROM weather").fetchone() == (0, "mon", 0.5, 1)
    database.close()


def test_a_name_with_quotes_is_escaped():
    database = sqlite3.connect(":memory:")
    save_table(pd.DataFrame({'a"; DROP TABLE x; --': [1]}), database)
    assert [row[1] for row in database.execute("PRAGMA table_info(weather)")] == ['a"; DROP TABLE x; --']
    database.close()


@pytest.mark.parametrize("database", [3, "sqlite:///a.db"])
def test_anything_but_a_connection_is_refused(table, database):
    for attempt in (save_table, lambda table, database: load_table(type(table), database, "weather")):
        with pytest.raises(UnknownDatabase) as caught:
            attempt(table, database)
        assert str(caught.value) == (
            f"`db_connection` is a builtins.{type(database).__name__}, which is not supported. Pass an open SQLite or "
            "DuckDB connection. For any other database, pass a SQLAlchemy engine or connection."
        )


def test_an_open_transaction_of_sqlalchemy_is_joined(table, tmp_path):
    engine = sqlalchemy(tmp_path)
    with engine.connect() as connection:
        connection.begin()
        save_table(table, connection)
        assert len(load_table(type(table), connection, "weather")[0]) == 2
        connection.rollback()
    with engine.connect() as connection:
        save_table(table, connection, if_exists="replace")
    assert records(load_table(type(table), engine, "weather")[0]) == records(table)
    engine.dispose()


def test_any_database_module_can_be_read(frame):
    class Borrowed:
        """A connection from an unknown module."""

        def __init__(self, connection):
            self.cursor = connection.cursor

    database = sqlite3.connect(":memory:")
    save_table(frame, database)
    assert records(load_table(pd.DataFrame, Borrowed(database), "weather")[0]) == records(frame)
    database.close()


def test_a_connection_may_be_an_input_of_the_dataflow(frame):
    database = sqlite3.connect(":memory:")
    save_table(frame, database)

    @load_from.sql(query_or_table=configuration("table"), db_connection=source("database"))
    def rows(data: pd.DataFrame) -> int:
        return len(data)

    driver = Builder().with_functions(rows).with_config({"table": "weather"}).build()
    assert driver.execute(["rows"], inputs={"database": database}) == {"rows": 2}
    database.close()
