columns = ("temp", "dewp", "wind_speed", "pressure")
validators = {name: f"{name}_max_fraction_nans_validator" for name in columns}
missing = [name for name in columns if validators[name] not in nodes]
expect(
    not missing,
    "All four columns are checked.",
    hint=f"The check `max_fraction_nans` should apply to all four columns, but it does not apply to {', '.join(f'`{name}`' for name in missing)}. Put one `@check_output` above `@extract_columns`.",
)
expect(
    all(problem.kind != "ChecksFailed" for problem in problems),
    "The check only warns.",
    hint='The check stops the dataflow, so `mean_pressure` has no value. Remove `importance="fail"`: a check warns by default.',
)
failed = [name for name in columns if not value(validators[name]).passes]
expect(
    failed == ["pressure"],
    "The check finds `pressure` and no other column.",
    hint=f"The check should find `pressure` and no other column, but it finds {', '.join(f'`{name}`' for name in failed) or 'none'}. Allow at most 5% missing values: 0.05.",
)
raw = value("temp_raw")
for rows, is_valid in ((4, True), (6, False)):
    gaps = raw.iloc[:100].copy()
    gaps.iloc[:rows] = float("nan")
    result = run([validators["temp"]], overrides={"temp_raw": gaps})
    expect(
        result[validators["temp"]].passes == is_valid,
        f"A column with {rows}% missing values {'passes' if is_valid else 'fails'}.",
        hint=f"A column with {rows}% missing values should {'pass' if is_valid else 'fail'} the check. Allow at most 5%: 0.05.",
    )
expect(
    lambda: len({node(name).function for name in columns}) == 1,
    "One function defines all four columns.",
    hint="One function should define all four columns. Keep `measured`, with one check above it.",
)
expect(
    lambda: same(value("mean_pressure"), start.value("mean_pressure")),
    "`mean_pressure` has the same value as before.",
    hint="`mean_pressure` should have the same value as before. Make the check warn, which is the default.",
)
