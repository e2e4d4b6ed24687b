for name in ("construction", "manufacturing", "government"):
    expect(
        lambda name=name: (
            reads(f"growth_{name}", name)
            and len(node(f"growth_{name}").depends_on) == 1
        ),
        f"`growth_{name}` reads `{name}`.",
        hint=f'`growth_{name}` should read `{name}`. Bind `workers` to `source("{name}")`.',
    )
    expect(
        lambda name=name: same(
            value(f"growth_{name}"), value("jobs")[name].pct_change(12)
        ),
        f"`growth_{name}` is the growth of `{name}`.",
        hint=f"`growth_{name}` should be the growth of `{name}` over 12 months.",
    )
expect(
    lambda: (
        len(
            {
                node(f"growth_{name}").function
                for name in ("construction", "manufacturing", "government")
            }
        )
        == 1
    ),
    "One function computes all three nodes.",
    hint="Keep a single function, `growth`, with `@parameterize`, instead of a function for each industry.",
)
expect(
    lambda: (
        reads("factory_trend", "growth_manufacturing")
        and same(
            value("factory_trend"),
            float(value("growth_manufacturing").iloc[-1]),
        )
    ),
    "`factory_trend` is the latest growth in manufacturing.",
    hint="`factory_trend` should still be the latest value of `growth_manufacturing`.",
)
