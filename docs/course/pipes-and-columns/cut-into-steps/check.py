measurements = start.value("measured")["co2"]
expect(
    lambda: "co2.raw" in nodes,
    "`co2` has steps.",
    hint="`co2` has no steps yet. Put `@pipe_output(step(_filled), step(_smoothed, weeks=9))` above it.",
)
raw = value("co2.raw") if "co2.raw" in nodes else measurements
gaps = int(raw.isna().sum())
expect(
    len(raw) == len(measurements) and gaps == 59,
    "`co2.raw` still has the 59 gaps.",
    hint=f'`co2.raw` should be the measurements with their 59 gaps, but {gaps} values are missing. Return `measured["co2"]` from `co2`, without calling a function.',
)
steps = [
    name for name in nodes if name.startswith("co2.") and name != "co2.raw"
]
filled = measurements.interpolate()
smoothed = filled.rolling(9, center=True).mean()
expect(
    any(same(value(name), filled) for name in steps),
    "One step fills the gaps.",
    hint="After the first step, no value should be missing: `step(_filled)` comes first, and receives the measurements.",
)
expect(
    any(same(value(name), smoothed) for name in steps),
    "One step smooths the filled values over 9 weeks.",
    hint="The second step should be the mean of the filled values over 9 weeks: `step(_smoothed, weeks=9)`.",
)
expect(
    lambda: unchanged("co2", "highest", "measured"),
    "All values are the same as before.",
    hint="`co2`, `highest` and `measured` should have the same values as before.",
)
