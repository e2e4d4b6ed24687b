days = value("lga")
table = value("features")
expect(
    reads("features", "quiet"),
    "`features` depends on `quiet`.",
    hint="`features` should depend on `quiet`. Add the parameter `quiet: pd.Series`, and the columns `quiet` and `quiet_last_week`.",
)
missing = [name for name in ("quiet", "quiet_last_week") if name not in table]
expect(
    not missing,
    "`features` has the columns `quiet` and `quiet_last_week`.",
    hint=f"`features` should have the column `{(missing or [''])[0]}`, but its columns are {', '.join(table.columns)}.",
)
changed = days.copy()
changed.iloc[300] += 100
after = run(["forecast"], overrides={"lga": changed})["forecast"]
before = value("forecast")
expect(
    same(after[:"2013-10-28"], before[:"2013-10-28"]),
    "The departures on October 28 do not affect any forecast up to that day.",
    hint="The check changed the departures on October 28, and a forecast up to that day changed. Use only departures on earlier days.",
)
expect(
    len(table) == 337,
    "There are features for 337 days.",
    hint=f"`features` should have the 337 days from January 29 on, but it has {len(table)}. Drop the days with a missing value: `.dropna()`.",
)
quiet = start.value("quiet")
expect(
    lambda: same(table["quiet"], quiet[table.index]),
    "`quiet` is 1 on the 10 quiet days.",
    hint="The column `quiet` should have the values of the node `quiet`: 1.0 on each of the 10 days in `QUIET_DAYS`, and 0.0 on the others. Keep `QUIET_DAYS` as it is.",
)
expect(
    lambda: same(
        table["quiet_last_week"],
        quiet.shift(7, fill_value=0.0)[table.index],
    ),
    "`quiet_last_week` is 1 one week after each quiet day.",
    hint="`quiet_last_week` should be 1.0 one week after each quiet day, such as December 5, one week after November 28. Use `quiet.shift(7, fill_value=0.0)`.",
)
error, baseline = value("model_error"), value("baseline_error")
expect(
    error < baseline,
    "The model beats the baseline.",
    hint=f"The error of the model is {error:.2f}, and that of the baseline {baseline:.2f}. The model should be better.",
)
expect(
    abs(error - 7.4656) < 0.01,
    "The error of the model is 7.47 departures per day.",
    hint=f"The error of the model should be 7.47 departures per day, but it is {error:.2f}. Keep the three features, and add only `quiet` and `quiet_last_week`.",
)
