import sqlite3

found = sorted(
    name for name in nodes if node(name).tags.get("headwater.role") == "loader"
)
assert found, (
    "No node is a loader yet. Give `wettest_days` the parameter `wet: pd.DataFrame`, "
    "and put `@load_from.sql(...)` above the function."
)
loader = found[0]
expect(
    reads(loader, "database"),
    "The loader reads the node `database`.",
    hint=f'`{loader}` should read the node `database`. Pass `db_connection=source("database")`.',
)
_, metadata = value(loader)
rows = metadata["dataframe_metadata"]["rows"]
expect(
    rows == len(start.value("wettest_days")),
    "The query returns only the days with more than 40 mm.",
    hint=f"The metadata reports {rows:,} rows, but {len(start.value('wettest_days'))} days have more than 40 mm of rain. Select the rows in the query: `WHERE precipitation > 40`.",
)
expect(
    lambda: unchanged("wettest_days"),
    "`wettest_days` has the same value as before.",
    hint="`wettest_days` should have the same value as before: a dictionary with the date and the rain of each day.",
)
expect(
    lambda: not reads("wettest_days", "database"),
    "`wettest_days` does not use the connection.",
    hint="`wettest_days` should receive only the loaded rows. Remove its parameter `database`.",
)
other = sqlite3.connect(":memory:", check_same_thread=False)
other.execute(
    "CREATE TABLE days (date TEXT, precipitation REAL, temp_max REAL,"
    " temp_min REAL, wind REAL, weather TEXT)"
)
other.executemany(
    "INSERT INTO days (date, precipitation) VALUES (?, ?)",
    [("2020/01/01", 40.0), ("2020/01/02", 40.1), ("2020/01/03", 90.0)],
)
result = run(["wettest_days"], overrides={"database": other})["wettest_days"]
expect(
    result == {"2020/01/02": 40.1, "2020/01/03": 90.0},
    "The query is correct for another database.",
    hint=f"For a database with days of 40.0, 40.1 and 90.0 mm, `wettest_days` should have the last two, but it is {result}.",
)
