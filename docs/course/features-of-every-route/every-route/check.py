from routes import ROUTES

families = {
    "lag": ["lag"],
    "change": ["change"],
    "share": ["share"],
    "window": ["mean", "min", "max", "std"],
}
periods = {"lag": (1, 2, 3, 4, 5, 6, 7, 14, 21, 28), "change": (1, 7, 14)}
features = [
    f"{word}_{days}"
    for family, words in families.items()
    for word in words
    for days in periods.get(family, (7, 14, 28))
]
names = [f"{route}_{feature}" for route in ROUTES for feature in features]
missing = [name for name in names if name not in nodes]
windows = sum(node(name).function == "window" for name in nodes)
expect(
    not missing,
    "There are 115 routes x 28 features = 3,220 feature nodes.",
    hint=f"There should be 115 x 28 = 3,220 feature nodes, but {len(missing):,} are missing, such as `{missing[0] if missing else ''}`. A function `window` should define 115 routes x 4 statistics x 3 windows = 1,380 nodes, but it defines {windows:,}.",
)
columns = (
    sum(node(name).function in ("recent_weather", "calendar") for name in nodes)
    - 2
)
expect(
    len(names) - len(missing) + columns > 3300,
    "With the weather and calendar columns, there are more than 3,300 derived columns.",
    hint=f"The functions in context.py should define 85 columns, but they define {columns}. Keep that file as it is.",
)
if not missing:
    wrong = [
        name
        for route in ROUTES
        for name in (f"{route}_mean_7", f"{route}_std_28")
        if node(name).depends_on != (route,)
    ]
    expect(
        not wrong,
        "Each node of `window` reads the column of its route.",
        hint=f"`{(wrong or names)[0]}` should read `{(wrong or names)[0][:7]}` and nothing else. Bind `flights` to `source(route)`.",
    )
    expect(
        len({node(name).function for name in names}) <= 7,
        "A few functions define all features.",
        hint="A few functions should define all features. Use `@parameterize` with a comprehension.",
    )
    sample = [name for name in names if name.startswith("jfk_lax_")]
    before = run(sample)
    flights = value("jfk_lax")
    for day in (100, 364):
        changed = flights.copy()
        changed.iloc[day] += 10
        after = run(sample, overrides={"jfk_lax": changed})
        leaks = [
            name
            for name in sample
            if not same(
                after[name].iloc[: day + 1], before[name].iloc[: day + 1]
            )
        ]
        date = f"{flights.index[day]:%B} {flights.index[day].day}"
        expect(
            not leaks,
            f"The departures on {date} do not affect any feature up to that day.",
            hint=f"The check changed `jfk_lax` on {date}, and `{(leaks or names)[0]}` changed on or before that day. A window should end on the day before: use `flights.shift(1)`.",
        )
    wrong = [
        f"jfk_lax_{word}_{days}"
        for word in families["window"]
        for days in (7, 14, 28)
        if not same(
            before[f"jfk_lax_{word}_{days}"],
            getattr(flights.shift(1).rolling(days), word)(),
        )
    ]
    expect(
        not wrong,
        "Each node of `window` computes its statistic over its number of days.",
        hint=f"`{(wrong or names)[0]}` should equal `jfk_lax.shift(1).rolling(days).agg(statistic)`. Bind both parameters with `value(...)`, and use them.",
    )
    absent = [feature for feature in features if feature not in nodes]
    expect(
        not absent,
        "There is a table for each of the 28 features.",
        hint=f"There is no table for {len(absent)} of the 28 features, such as `{(absent or names)[0]}`. Add the names to `FEATURES` in tables.py.",
    )
    lines = files["features.py"].count("\n")
    expect(
        lines < 120,
        "features.py has fewer than 120 lines.",
        hint=f"features.py has {lines} lines. Define the nodes with comprehensions, in fewer than 120 lines.",
    )
