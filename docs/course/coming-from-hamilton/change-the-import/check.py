expect(
    "per_thousand" not in nodes,
    "`per_thousand` is not a node.",
    hint="`per_thousand` has become a node. Keep it out of the dataflow with `@exclude`, which is called `hamilton_exclude` in Hamilton.",
)
expect(
    lambda: "def per_thousand" in files["features.py"],
    "The helper is still there.",
    hint="Keep the helper `per_thousand`, and put `@exclude` above it.",
)
expect(
    lambda: reads("spend_usd", "weeks") and reads("signups", "weeks"),
    "The columns of `weeks` are nodes.",
    hint="`spend_usd` and `signups` should be nodes again. Keep `@extract_columns` above `weeks`, and import it from `headwater`.",
)
expect(
    lambda: (
        reads("cost_per_signup", "spend_usd")
        and same(
            value("cost_per_signup"), value("spend_usd") / value("signups")
        )
        and same(value("spend_thousands"), value("spend_usd") / 1000)
    ),
    "The other functions are unchanged.",
    hint="The functions should be the same as before. Change only the import and the name of one decorator.",
)
