computed = {
    label: [name for name in nodes if name.endswith(f".{label}")]
    for label in ("trend", "season")
}
expect(
    "trend" not in nodes and "season" not in nodes,
    "`trend` and `season` are not separate nodes.",
    hint="The functions that compute columns should not be separate nodes. Put `@exclude` above `season`, too.",
)
expect(
    all(computed.values()),
    "`weekly` computes both columns with functions.",
    hint='`weekly` should compute the columns `trend` and `season` with functions. Put `@with_columns(trend, season, columns_to_pass=["co2"])` above it.',
)
trend = (computed["trend"] or ["weekly.trend"])[0]
season = (computed["season"] or ["weekly.season"])[0]
co2 = start.value("clean")["co2"]
mean = co2.rolling(52, center=True).mean()
expect(
    lambda: same(value(trend), mean),
    "`trend` is the mean over a year.",
    hint="`trend` should be the mean over 52 weeks, as before. Keep that function.",
)
expect(
    lambda: same(value(season), co2 - mean),
    "`season` is the difference from the trend.",
    hint="`season` should be `co2 - trend`.",
)
expect(
    lambda: reads(season, trend),
    "`season` depends on `trend`.",
    hint="`season` should depend on the other column instead of computing it again. Give it the parameters `co2` and `trend`.",
)
expect(
    lambda: set(value("weekly").columns) == {"co2", "trend", "season"},
    "`weekly` has the columns `co2`, `trend` and `season`.",
    hint=f"`weekly` should have the columns `co2`, `trend` and `season`, but it has {', '.join(f'`{name}`' for name in value('weekly').columns)}. Its body should return `clean`, the frame with the new columns.",
)
expect(
    lambda: unchanged("measured", "clean"),
    "`measured` and `clean` are the same as before.",
    hint="`measured` and `clean` should be the same as before. The new columns belong to `weekly` only.",
)
