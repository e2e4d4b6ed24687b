import pandas as pd

found = sorted(
    name for name in nodes if node(name).tags.get("headwater.role") == "loader"
)
assert found, (
    "No node is a loader yet. Give `rain_by_year` a parameter `weather`, and put "
    "`@load_from.csv(...)` above the function."
)
loader = found[0]
assert depends("rain_by_year", loader), (
    "`rain_by_year` should receive the loaded table. Put `@load_from.csv(...)` above "
    "`rain_by_year`."
)
assert node(loader).tags.get("headwater.format") == "csv", (
    "The file is a CSV file. Load it with `@load_from.csv(...)`."
)
missing = [
    problem for problem in problems if problem.kind == "FileNotFoundError"
]
assert not missing, (
    f"`{loader}` cannot find its file. The name of the file is `seattle-weather.csv`."
)
rows = value(loader)[1]["dataframe_metadata"]["rows"]
expect(
    rows == 1461,
    "The metadata reports 1,461 rows.",
    hint=f"The metadata should report 1,461 rows, but it reports {rows:,}. Load the whole file.",
)
small = pd.DataFrame(
    {
        "date": pd.to_datetime(["2020-01-01", "2020-05-01", "2021-01-01"]),
        "precipitation": [1.0, 2.0, 4.0],
        "temp_max": [9.0, 9.0, 9.0],
        "temp_min": [1.0, 1.0, 1.0],
        "wind": [2.0, 2.0, 2.0],
        "weather": ["rain", "rain", "rain"],
    }
)
result = call("rain_by_year", small)
expect(
    hasattr(result, "to_dict") and result.to_dict() == {2020: 3.0, 2021: 4.0},
    "`rain_by_year` uses only its parameter.",
    hint="The check called `rain_by_year` with a table of three days, but the result comes from other data. Use the parameter, and do not read the file in the body.",
)
expect(
    lambda: unchanged("rain_by_year", "wettest_year"),
    "Both results have the same values as before.",
    hint="`rain_by_year` and `wettest_year` should have the same values as before.",
)
