days = "san_francisco.daily"
copied = "san_francisco" in nodes and days not in nodes
assert not copied, (
    "`san_francisco` should use the functions in city.py, but there is no node "
    "`san_francisco.daily`. Put `@subdag(...)` with all three functions above its `def`."
)
assert "san_francisco" in nodes, (
    "There is no node `san_francisco` yet. Write a function with that name in "
    "compare.py, and decorate it with `@subdag(...)`."
)
unbound = upstream("san_francisco") & {"file", "hourly", "daily", "heating"}
assert not unbound, (
    f"The subdag of `san_francisco` needs `{min(unbound)}` from outside. Pass all "
    "three functions to `subdag`, and bind `file` in `inputs`."
)
missing = [
    problem for problem in problems if problem.kind == "FileNotFoundError"
]
assert not missing, (
    f"`{missing[0].node}` cannot find its file. The name of the file is `sf-temps.csv`."
)
expect(
    lambda: (
        node(days).function == node("seattle.daily").function
        and node(days).module == "city"
    ),
    "Both cities use the functions in city.py.",
    hint="Both cities should use the same functions. Import them from city.py, and pass them to `subdag`.",
)
expect(
    lambda: (
        len(value("san_francisco.hourly")) == 8759
        and not same(value(days), value("seattle.daily"))
    ),
    "`san_francisco.hourly` contains the temperatures in San Francisco.",
    hint="`san_francisco.hourly` should contain the 8,759 temperatures in San Francisco. Bind `file` to the value `sf-temps.csv`.",
)
expected = float((65.0 - value(days)).clip(lower=0).sum())
found = value("san_francisco")
is_number = isinstance(found, (int, float))
expect(
    is_number and abs(found - expected) < 0.1,
    "`san_francisco` is the number of heating degree days.",
    hint=f"`san_francisco` should be {expected:,.0f}, the number of heating degree days, but it is {f'{found:,.0f}' if is_number else f'a {type(found).__name__}'}. Return the parameter `heating`.",
)
expect(
    lambda: unchanged("seattle"),
    "`seattle` has the same value as before.",
    hint="`seattle` should have the same value as before. Restore its function.",
)
