measurements = start.value("measured")["co2"]
filled = measurements.interpolate()
correct = filled.rolling(9, center=True).mean()
raw = value("co2.raw") if "co2.raw" in nodes else None
expect(
    lambda: raw is not None and same(raw, measurements),
    "`co2.raw` has the measurements with their gaps.",
    hint="`co2` should return the unchanged measurements, and its decorator should apply the steps. Keep the body, and change the order in `@pipe_output`.",
)
first = [name for name in nodes if name != "co2.raw" and reads(name, "co2.raw")]
after = value(first[0]) if first else measurements
missing = int(after.isna().sum())
expect(
    bool(first) and same(after, filled),
    "The first step fills the gaps.",
    hint=f"After the first step, {missing} values are missing, but it should leave none. Fill the gaps before a mean spreads them: the first step should be `step(_filled)`."
    if missing
    else "After the first step, the values are not the measurements with filled gaps. The first step should be `step(_filled)`, with the original function.",
)
second = [name for name in nodes if first and reads(name, first[0])]
expect(
    bool(second) and same(value(second[0]), correct),
    "The second step is the mean over 9 weeks.",
    hint="The second step should be `step(_smoothed, weeks=9)`, which receives the filled values.",
)
expect(
    lambda: same(value("co2"), correct),
    "`co2` is the value of the second step.",
    hint="`co2` should be the value after two steps, `_filled` and then `_smoothed`. Remove any other steps.",
)
