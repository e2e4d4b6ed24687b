expect(
    lambda: reads("frosty_days", "frost_limit"),
    "`frosty_days` depends on `frost_limit`.",
    hint="`frosty_days` does not depend on `frost_limit`. Compare the name of its second parameter with the name of the function.",
)
expect(
    lambda: "frost_limt" not in nodes,
    "No input is called `frost_limt`.",
    hint="The input `frost_limt` is still in the graph. Remove the misspelled parameter.",
)
expect(
    lambda: (
        node("frost_limit").kind == "function" and value("frost_limit") == 0.0
    ),
    "`frost_limit` is still 0 °C, computed by its function.",
    hint="Keep the function `frost_limit`, which returns 0.0.",
)
expect(
    lambda: (
        value("frosty_days")
        == int((value("temp_mean") < value("frost_limit")).sum())
    ),
    "`frosty_days` counts the days below the limit.",
    hint="`frosty_days` should count the days on which `temp_mean` is below `frost_limit`.",
)
