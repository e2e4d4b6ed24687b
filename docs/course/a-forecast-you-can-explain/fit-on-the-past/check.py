import numpy as np

days = value("lga")
table = value("features")
found = value("weights")
expect(
    set(table.index) == set(days.index[28:]),
    "`features` still covers all days from January 29 to December 31.",
    hint="`features` should still cover the days from January 29 to December 31, because each of these days needs a forecast. Select the days for the fit in `weights`.",
)
for day in (364, 300, 243):
    changed = days.copy()
    changed.iloc[day] += 100
    after = run(["weights"], overrides={"lga": changed})["weights"]
    date = f"{days.index[day]:%B} {days.index[day].day}"
    expect(
        same(after, found),
        f"The departures on {date} do not change the weights.",
        hint=f"The check changed the departures on {date}, a test day, and the weights changed. Fit only on the days before September 1: `features[features.index < TEST_START]`.",
    )
changed = days.copy()
changed.iloc[242] += 100
after = run(["weights"], overrides={"lga": changed})["weights"]
expect(
    not same(after, found),
    "The departures on August 31 change the weights.",
    hint="The check changed the departures on August 31, and the weights stayed the same. Fit on all days before September 1.",
)
past = table[table.index < "2013-09-01"]
expected, *_ = np.linalg.lstsq(past.to_numpy(), days[past.index].to_numpy())
expect(
    same(
        [float(weight) for weight in found],
        [float(weight) for weight in expected],
    ),
    "The weights are those of a fit on all days before September 1.",
    hint=f"The weights should be {', '.join(f'{weight:.3f}' for weight in expected)}, from a fit on the days from January 29 to August 31. They are {', '.join(f'{weight:.3f}' for weight in found)}.",
)
expect(
    lambda: same(
        value("model_error"),
        float((days - value("forecast"))["2013-09-01":].abs().mean()),
    ),
    "`model_error` is the mean absolute error on the test days.",
    hint="`model_error` should be the mean absolute error on the days from September 1 to December 31. Keep the function as it is.",
)
