expect(
    "wind_range_validator" in nodes,
    "The range of `wind` is still checked.",
    hint="The range of `wind` is no longer checked. Keep the decorator, and correct the function.",
)
fast = start.value("wind_raw").iloc[:3] * 0 + 101
verdict = run(["wind_range_validator"], overrides={"wind_raw": fast})
expect(
    not verdict["wind_range_validator"].passes,
    "A wind of 101 mph still fails the check.",
    hint="A wind of 101 mph passes the check. Keep the bounds of 0 and 100 mph, and correct the function.",
)


def stops():
    try:
        run(["wind"], overrides={"wind_raw": fast})
    except Exception:
        return True
    return False


expect(
    stops,
    "A failed check still stops the dataflow.",
    hint='A failed check should still stop the dataflow. Keep `importance="fail"`, and correct the function.',
)
raw = start.value("wind_raw")
valid = raw[raw < 100]
expect(
    lambda: value("wind").max() <= 100 and len(value("wind")) == len(valid),
    "`wind` has all values except the impossible one.",
    hint=f"`wind` should have the {len(valid):,} values below 100 mph, but it has {len(value('wind')):,}. Remove only the impossible value.",
)
expect(
    lambda: same(value("wind").sort_values(), valid.sort_values()),
    "The other values are unchanged.",
    hint="The other values of `wind` should be unchanged.",
)
expect(
    lambda: abs(value("strongest_wind") - valid.max()) < 0.01,
    "`strongest_wind` is 42.58 mph.",
    hint=f"`strongest_wind` should be {valid.max():.2f} mph, the highest value of `wind`.",
)
