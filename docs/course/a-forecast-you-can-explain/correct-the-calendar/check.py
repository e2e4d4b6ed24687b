quiet = value("calendar")["quiet"]
on = [f"{day:%m-%d}" for day in quiet.index[quiet == 1]]
expected = "05-26 05-27 07-04 07-05 09-01 09-02 11-28 11-29 12-24 12-25".split()
missing = [day for day in expected if day not in on]
extra = [day for day in on if day not in expected]
expect(
    not missing,
    "November 28 and 29 are quiet days, and so are the other holidays.",
    hint=f"`quiet` should be 1.0 on {', '.join(expected)}, but it is not 1.0 on {', '.join(missing)}. In context.py, write each date as month and day, such as `11-28`, and separate the dates by spaces.",
)
expect(
    not extra,
    "No other day is quiet.",
    hint=f"`quiet` should be 1.0 only on holidays and adjacent days, but it is also 1.0 on {', '.join(extra)}. Replace these dates.",
)
counted = len(ran | reused)
rerun = 0 if missing or extra else len(reruns())
expect(
    None if missing or extra else rerun < 0.05 * counted,
    "After the edit, fewer than 5% of the nodes rerun.",
    hint=f"Your edit reruns {rerun:,} of {counted:,} nodes, which is {rerun / counted:.0%}. Edit only `QUIET` in context.py, and leave the features as they are.",
)
for airport, expected_error in (("ewr", 9.375), ("jfk", 5.982), ("lga", 7.643)):
    mean = value(f"{airport}_errors").mean()
    expect(
        mean["model"] < mean["baseline"]
        and abs(mean["model"] - expected_error) < 0.01,
        f"The model beats the baseline at {airport.upper()}: its error is {expected_error:.2f} instead of {mean['baseline']:.2f}.",
        hint=f"The error of the model at {airport.upper()} should be {expected_error:.2f}, but it is {mean['model']:.2f}. Edit only `QUIET` in context.py.",
    )
