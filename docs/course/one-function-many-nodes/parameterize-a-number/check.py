expected = {"growth_month": 1, "growth_quarter": 3, "growth_year": 12}
for name, months in expected.items():
    expect(
        name in nodes,
        f"`{name}` is a node.",
        hint=f"`{name}` should still be a node. Name it in `@parameterize`.",
    )
    expect(
        lambda name=name, months=months: same(
            value(name), value("nonfarm").pct_change(months)
        ),
        f"`{name}` is the growth with `months` set to {months}.",
        hint=f"`{name}` should be the growth with `months` set to {months}, as before. Bind `months` to `value({months})`.",
    )
functions = sorted({node(name).function for name in expected})
expect(
    len(functions) == 1,
    "One function computes all three nodes.",
    hint=f"One function should compute all three nodes, but {len(functions)} functions do: {', '.join(functions)}. Write one function, with `@parameterize` above it.",
)
expect(
    lambda: all(reads(name, "nonfarm") for name in expected),
    "All three nodes read `nonfarm`.",
    hint="All three nodes should read `nonfarm`, as before.",
)
