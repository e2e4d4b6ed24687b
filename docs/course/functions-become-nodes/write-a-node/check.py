import pandas as pd

columns = [name for name in ("temp_max", "temp_min") if name in nodes]
assert not columns, (
    f"`{columns[0]}` is a column of `weather`, not a node. Give `temp_range` the parameter "
    f'`weather`, and read the column with `weather["{columns[0]}"]`.'
)
found = value("temp_range")
days = value("weather")
kind = type(found).__name__
assert isinstance(found, pd.Series), (
    f"`temp_range` should be a Series with a number for each day, but its type is {kind}."
)
assert same(found, days["temp_max"] - days["temp_min"]), (
    "`temp_range` should be the highest temperature of the day minus the lowest."
)
assert reads("temp_range", "weather"), (
    "`temp_range` should depend on `weather` instead of loading the file again. "
    "Give the function the parameter `weather`."
)
