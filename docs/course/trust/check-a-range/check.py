expect(
    "wind_range_validator" in nodes,
    "The range of `wind` is checked.",
    hint="The range of `wind` is not checked yet. Put `@check_output(range=(0.0, 100.0))` above the function `wind`.",
)
expect(
    all(problem.kind != "ChecksFailed" for problem in problems),
    "The check only warns.",
    hint='The check stops the dataflow, so `strongest_wind` has no value. Remove `importance="fail"`: a check warns by default.',
)
found = value("wind_range_validator").diagnostics.get("wrong", 0)
expect(
    found == 1,
    "The check finds exactly one value.",
    hint=f"The check should find exactly one of the 26,111 values, but it finds {found}. The bounds are 0 and 100 mph.",
)
for speed, is_valid in (
    (0.0, True),
    (99.0, True),
    (101.0, False),
    (-1.0, False),
):
    wind = value("wind_raw").iloc[:3] * 0 + speed
    result = run(["wind_range_validator"], overrides={"wind_raw": wind})
    expect(
        result["wind_range_validator"].passes == is_valid,
        f"A wind of {speed:.0f} mph {'passes' if is_valid else 'fails'}.",
        hint=f"A wind of {speed:.0f} mph should {'pass' if is_valid else 'fail'} the check. The bounds are 0 and 100 mph.",
    )
expect(
    lambda: len(value("wind")) == 26111,
    "`wind` still has all values.",
    hint="`wind` should still have all 26,111 values. A check reports a fault, and does not change the value.",
)
