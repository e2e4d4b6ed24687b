for name in ("construction", "nonfarm"):
    expect(
        lambda name=name: name in nodes and node(name).function == "jobs",
        f"`jobs` defines the node `{name}`.",
        hint=f'`jobs` should define the node `{name}`. Put `@extract_columns("construction", "nonfarm")` above it.',
    )
expect(
    lambda: (
        reads("construction_share", "construction")
        and reads("construction_share", "nonfarm")
        and not reads("construction_share", "jobs")
    ),
    "`construction_share` reads the two columns.",
    hint="`construction_share` should read `construction` and `nonfarm` instead of `jobs`. Give it these two parameters.",
)
expect(
    lambda: (
        reads("construction_low", "construction")
        and not reads("construction_low", "jobs")
    ),
    "`construction_low` reads one column.",
    hint="`construction_low` should read `construction` instead of `jobs`.",
)
expect(
    lambda: same(
        value("construction_share"),
        value("jobs")["construction"] / value("jobs")["nonfarm"],
    ),
    "`construction_share` is unchanged.",
    hint="`construction_share` should be unchanged: `construction` divided by `nonfarm`.",
)
expect(
    lambda: value("construction_low") == start.value("construction_low"),
    "`construction_low` is unchanged.",
    hint=f"`construction_low` should still be {start.value('construction_low'):%B %Y}, the month with the fewest jobs in construction.",
)
