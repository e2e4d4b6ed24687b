found = value("richest")
expect(
    found == "Norway",
    "`richest` is the country with the highest income in the latest year.",
    hint=f"`richest` should be Norway, but it is {found!r}. Return the value of the third cell.",
)
expect(
    lambda: len(value("table")) == 1704 and len(value("latest")) == 142,
    "`table` and `latest` are nodes with the values of their cells.",
    hint="Write a function for each of the three variables: `table`, `latest` and `richest`.",
)
expect(
    lambda: reads("latest", "table") and reads("richest", "latest"),
    "The parameters are the variables that each cell reads.",
    hint="Each function should have a parameter for the variable that its cell reads: `latest` reads `table`, and `richest` reads `latest`. Do not call the other function.",
)
