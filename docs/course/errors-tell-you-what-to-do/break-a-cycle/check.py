expect(
    lambda: (
        value("usual_temp") is not None
        and not depends("usual_temp", on="temp_difference")
    ),
    "`usual_temp` does not depend on `temp_difference`.",
    hint="`usual_temp` should not depend on `temp_difference`. Remove that parameter, and compute the mean from `temp_mean` alone.",
)
expect(
    lambda: same(
        value("usual_temp"),
        value("temp_mean")
        .groupby(value("temp_mean").index.month)
        .transform("mean"),
    ),
    "`usual_temp` is the mean of each calendar month.",
    hint="`usual_temp` should have, for each day, the mean of `temp_mean` over all days of the same calendar month.",
)
expect(
    lambda: reads("temp_difference", "usual_temp"),
    "`temp_difference` depends on `usual_temp`.",
    hint="`temp_difference` should still depend on `usual_temp`. Remove the other edge of the cycle.",
)
expect(
    lambda: same(
        value("temp_difference"), value("temp_mean") - value("usual_temp")
    ),
    "`temp_difference` is the day's temperature minus the usual one.",
    hint="`temp_difference` should be `temp_mean - usual_temp`.",
)
