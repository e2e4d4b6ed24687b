count = value("cold_days")
assert depends("cold_days", on="temp_mean"), (
    "`cold_days` must depend on `temp_mean`: a parameter of that name is all it takes."
)
expected = int((value("temp_mean") < 5).sum())
assert count == expected, (
    f"`cold_days` should still be {expected}, and is {count}."
)
