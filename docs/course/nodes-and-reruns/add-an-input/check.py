count = value("warm_days")
assert depends("warm_days", on="warm"), (
    "`warm_days` must depend on an input called `warm`. Give the function that parameter, "
    "with a default of 20.0."
)
expected = int((value("temp_mean") > 20).sum())
assert count == expected, (
    f"With the default, `warm_days` should still be {expected}, but it is {count}."
)
