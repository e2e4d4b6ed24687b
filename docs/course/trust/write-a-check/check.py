import pandas as pd

checks = sorted(
    name
    for name in nodes
    if name.startswith("weather_") and name.endswith("_validator")
)
expect(
    bool(checks),
    "`weather` has a check.",
    hint="`weather` has no check yet. Put `@check_output_custom(_has_unique_hours)` above the function `weather`.",
)
validator = (checks or ["weather_has_unique_hours_validator"])[0]
rows = start.value("weather")
unique = rows.drop_duplicates(["origin", "time"])


def passes(frame):
    return bool(
        run([validator], overrides={"weather_raw": frame})[validator].passes
    )


expect(
    lambda: not value(validator).passes,
    "The check finds the hours that occur twice.",
    hint="Three airports have the hour 2013-11-03 01:00 twice, but the check passes. It should return False if two rows have the same `origin` and `time`.",
)
expect(
    lambda: passes(unique),
    "Without the repeated rows, the check passes.",
    hint="The check should pass if no two rows have the same `origin` and `time`, but it fails. Rows for different airports may have the same `time`.",
)
expect(
    lambda: (
        not passes(pd.concat([unique.head(5), unique.head(1).assign(temp=0.0)]))
    ),
    "The check fails for two rows with the same airport and hour, even if their temperatures differ.",
    hint="The check should fail for two rows with the same `origin` and `time`, even if their temperatures differ. Compare these two columns only.",
)
expect(
    lambda: same(value("weather"), rows),
    "`weather` still has all rows.",
    hint="`weather` should still have all 26,115 rows. A check reports a fault, and does not change the value.",
)
