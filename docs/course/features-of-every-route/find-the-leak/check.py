import pandas as pd
from routes import ROUTES

total = value("lga")
table = value("recent_total")
names = [f"{route}_share_{days}" for route in ROUTES for days in (7, 14, 28)]
gone = [name for name in ("recent_total", *names) if name not in nodes]
assert not gone, (
    f"`{gone[0]}` should still be a node. Change only how it is computed."
)


def moved(name, day):
    """Return whether changing the total on a day changes the node's values up to that day."""
    changed = total.copy()
    changed.iloc[day] += 100
    after = pd.DataFrame(run([name], overrides={"lga": changed})[name])
    before = pd.DataFrame(value(name))
    return not same(after.iloc[: day + 1], before.iloc[: day + 1])


for day in (60, 200, 364):
    date = f"{total.index[day]:%B} {total.index[day].day}"
    expect(
        not moved("recent_total", day),
        f"The total on {date} does not affect any recent total up to that day.",
        hint=f"The check changed `lga` on {date}, and `recent_total` changed on or before that day. Its windows should end on the day before: use `lga.shift(1)`.",
    )
expect(
    reads("recent_total", "lga"),
    "`recent_total` depends on `lga`.",
    hint="`recent_total` should depend on `lga`, which defines the total. Keep that parameter.",
)
for days in (7, 14, 28):
    expected = total.shift(1).rolling(days).sum()
    expect(
        lambda days=days, expected=expected: same(
            pd.Series(table[days].to_numpy()), pd.Series(expected.to_numpy())
        ),
        f"The recent total is the sum of the previous {days} days.",
        hint=f"The column {days} of `recent_total` should be the sum of `lga` over the previous {days} days: `lga.shift(1)`, and then the sum of a window.",
    )
    shares = pd.DataFrame(
        {route: value(f"{route}_share_{days}") for route in ROUTES}
    )
    sums = shares.sum(axis="columns", skipna=False)
    expect(
        same(sums.iloc[days:], sums.iloc[days:] * 0 + 1),
        f"On each day, the shares for {days} days add up to 1.",
        hint=f"On each day, the shares of the six routes should add up to 1, but with a window of {days} days they add up to {sums.iloc[100]:.4f} on {sums.index[100]:%B} {sums.index[100].day}. Both sums in `share` should cover the same days.",
    )
