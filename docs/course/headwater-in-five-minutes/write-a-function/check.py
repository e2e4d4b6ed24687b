import pandas as pd

found = value("yearly_growth")
mean = value("yearly_mean")
expect(
    isinstance(found, pd.Series) and len(found) == len(mean),
    "`yearly_growth` has a value for each year.",
    hint="`yearly_growth` should be a Series with a value for each year. `yearly_mean.diff()` computes it.",
)
expect(
    same(found, mean - mean.shift(1)),
    "The value is the change from the year before, in ppm.",
    hint=f"For 1959, `yearly_growth` should be {mean[1959] - mean[1958]:.2f} ppm: the mean of 1959 minus that of 1958.",
)
expect(
    lambda: reads("yearly_growth", "yearly_mean"),
    "`yearly_growth` depends on `yearly_mean`.",
    hint="`yearly_growth` should use the value of `yearly_mean` instead of computing it again. Name its parameter `yearly_mean`.",
)
