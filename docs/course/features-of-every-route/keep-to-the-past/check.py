flights = value("lga_atl")
found = value("lga_atl_mean_7")
assert hasattr(found, "index") and len(found) == 365, (
    "`lga_atl_mean_7` should be a Series with a value for each of the 365 days."
)


def leak(day):
    """Return the first day whose feature uses the departures on the same or a later day."""
    changed = flights.copy()
    changed.iloc[day] += 100
    after = run(["lga_atl_mean_7"], overrides={"lga_atl": changed})
    before = found.fillna(-1).iloc[: day + 1]
    moved = after["lga_atl_mean_7"].fillna(-1).iloc[: day + 1] != before
    return f"{moved.idxmax():%B} {moved.idxmax().day}" if moved.any() else None


for day in (40, 200, 364):
    name = f"{flights.index[day]:%B} {flights.index[day].day}"
    first = leak(day)
    expect(
        first is None,
        f"The departures on {name} do not affect any value up to that day.",
        hint=f"The check changed the departures on {name}, and `lga_atl_mean_7` changed on {first}. A forecast for that day cannot know the departures on {name} yet. First move the departures down by one day: `lga_atl.shift(1)`.",
    )
expect(
    reads("lga_atl_mean_7", "lga_atl"),
    "`lga_atl_mean_7` reads `lga_atl`.",
    hint="`lga_atl_mean_7` should read `lga_atl`. Keep that parameter.",
)
count = int(found.notna().sum())
expect(
    count == 358,
    "The first seven days have no value.",
    hint=f"The first day with seven days before it is January 8, so 358 days should have a value, but {count} do. Use `shift(1)`, and then a window of seven days.",
)
expect(
    same(found, flights.shift(1).rolling(7).mean()),
    "Each value is the mean of the previous seven days.",
    hint=f"On January 8, the mean for January 1 to 7 is {flights.iloc[:7].mean():.2f}, but `lga_atl_mean_7` is {found.iloc[7]:.2f}. Use `shift(1)`, and then the mean of a window of seven days.",
)
