import pandas as pd


def name(day):
    return f"{day:%B} {day.day}"


days = value("lga")
found = value("baseline")
for day in (100, 300, 364):
    changed = days.copy()
    changed.iloc[day] += 50
    after = run(["baseline"], overrides={"lga": changed})["baseline"]
    date = name(days.index[day])
    expect(
        same(after.iloc[: day + 1], found.iloc[: day + 1]),
        f"The departures on {date} do not affect any forecast up to that day.",
        hint=f"The check changed the departures on {date}, and the baseline changed on or before that day. A forecast may only use earlier days: `lga.shift(7)`.",
    )
    is_reached = after.ne(found) & (after.notna() | found.notna())
    reached = [name(other) for other in days.index[is_reached]]
    if day < 358:
        week_later = name(days.index[day] + pd.Timedelta(days=7))
        expect(
            reached == [week_later],
            f"The departures on {date} change the forecast for {week_later}, one week later.",
            hint=f"The departures on {date} should be the forecast for {week_later}, and for no other day. Use `lga.shift(7)`.",
        )
expect(
    same(found, days.shift(7)),
    "`baseline` is the number of departures on the same weekday of the week before.",
    hint=f"On September 1, `baseline` should be {days.shift(7).loc['2013-09-01']:.0f}, the departures on August 25, but it is {found.loc['2013-09-01']:.1f}. Use `lga.shift(7)`.",
)
expect(
    reads("baseline_error", "baseline") and reads("baseline_error", "lga"),
    "`baseline_error` depends on `lga` and `baseline`.",
    hint="`baseline_error` should depend on `lga` and `baseline`, instead of computing the baseline again. Give it both parameters.",
)
error = value("baseline_error")
expected = float((days - days.shift(7))["2013-09-01":].abs().mean())
expect(
    same(error, expected),
    f"The mean absolute error is {expected:.2f} departures per day.",
    hint=f"`baseline_error` should be {expected:.4f}, but it is {error:.4f}. Compute the difference, select the days from `TEST_START` onward, and then apply `.abs()` and `.mean()`.",
)
expect(
    lambda: same(
        run(["baseline_error"], overrides={"baseline": days})["baseline_error"],
        0,
    ),
    "If `baseline` equals `lga`, the error is 0.",
    hint="`baseline_error` should be 0 if `baseline` equals `lga`. Use the parameter `baseline`, instead of computing the baseline again.",
)
