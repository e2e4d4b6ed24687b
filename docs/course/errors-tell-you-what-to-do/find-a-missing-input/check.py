expect(
    lambda: {"weather", "temp_mean", "temp_rolling", "coldest_day"} <= nodes,
    "All four functions are still there.",
    hint="Keep the functions `weather`, `temp_mean`, `temp_rolling` and `coldest_day`.",
)
expect(
    "temp_maen" not in nodes,
    "No node is called `temp_maen`.",
    hint="`temp_maen` is a misspelled name. Correct it where it is used: in the parameters and in the body of `temp_rolling`.",
)
expect(
    lambda: reads("temp_rolling", "temp_mean"),
    "`temp_rolling` depends on `temp_mean`.",
    hint="`temp_rolling` should depend on `temp_mean`. Name its parameter `temp_mean`.",
)
expect(
    lambda: same(value("temp_rolling"), value("temp_mean").rolling(14).mean()),
    "`temp_rolling` is the mean of the last 14 days.",
    hint="`temp_rolling` should be the mean of `temp_mean` over the last 14 days.",
)
expect(
    lambda: value("coldest_day") == value("temp_rolling").idxmin(),
    "`coldest_day` is the last day of the coldest 14 days.",
    hint="`coldest_day` should be the day with the lowest value of `temp_rolling`, as before.",
)
