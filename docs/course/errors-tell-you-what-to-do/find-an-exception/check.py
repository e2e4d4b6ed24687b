expect(
    lambda: (
        value("wind").between(0, 20).all()
        and value("wind").sum() > 0
        and len(value("wind")) == 1461
    ),
    "`wind` has a value for each of the 1,461 days.",
    hint="`wind` should be the column with the wind speed, for all 1,461 days. Select the node `weather` to see the names of its columns.",
)
expect(
    lambda: same(value("wind"), value("weather")["wind"]),
    "`wind` is the measured wind.",
    hint="`wind` should be the column `wind` of `weather`, unchanged.",
)
expect(
    lambda: value("calm_days") == int((value("weather")["wind"] < 2).sum()),
    "`calm_days` is the number of days below 2 m/s.",
    hint="`calm_days` should count the days with less than 2 m/s of wind.",
)
expect(
    lambda: (
        reads("calm_share", "calm_days")
        and same(value("calm_share"), value("calm_days") / 1461)
    ),
    "`calm_share` is computed from `calm_days`.",
    hint="`calm_share` should be `calm_days` divided by the number of days.",
)
