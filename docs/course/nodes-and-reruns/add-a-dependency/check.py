count = value("cold_days")
assert depends("cold_days", on="temp_mean"), (
    "`cold_days` must depend on `temp_mean`. Give the function a parameter of that name."
)
expected = int((value("temp_mean") < 5).sum())
assert count == expected, (
    f"`cold_days` should still be {expected}, but it is {count}."
)
