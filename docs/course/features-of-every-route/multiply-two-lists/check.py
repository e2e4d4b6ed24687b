from routes import ROUTES

lags = (1, 2, 3, 4, 5, 6, 7, 14, 21, 28)
expected = {
    f"{route}_lag_{days}": (route, days) for route in ROUTES for days in lags
}
missing = [name for name in expected if name not in nodes]
count = sum(node(name).function == "lag" for name in nodes)
expect(
    not missing,
    "Each of the 6 routes has each of the 10 lags: 60 nodes.",
    hint=f'`lag` should define 6 routes x 10 lags = 60 nodes. It defines {count}, and `{missing[0] if missing else ""}` is missing. The key `f"{{route}}_lag_{{days}}"` needs two loops: over `ROUTES` and over `LAGS`.',
)
if not missing:
    wrong = [
        name
        for name, (route, _) in expected.items()
        if node(name).depends_on != (route,)
    ]
    name = (wrong or sorted(expected))[0]
    expect(
        not wrong,
        "Each node reads the column of its route.",
        hint=f"`{name}` should read `{expected[name][0]}` and nothing else. Bind `flights` to `source(route)`.",
    )
    wrong = [
        name
        for name, (route, days) in expected.items()
        if not same(value(name), value("departures")[route].shift(days))
    ]
    name = (wrong or sorted(expected))[0]
    route, days = expected[name]
    expect(
        not wrong,
        "The values of each node are moved down by its number of days.",
        hint=f"`{name}` should be `{route}`, moved down by {days}. Bind `days` to `value(days)`.",
    )
    functions = sorted({node(name).function for name in expected})
    expect(
        functions == ["lag"],
        "The function `lag` computes all 60 nodes.",
        hint="The function `lag` should compute all 60 nodes.",
    )
