assert depends("cold_days", on="temp_mean"), (
    "`cold_days` must depend on `temp_mean`. Give the function a parameter of that name."
)
count = value("cold_days")
expected = int((value("temp_mean") < 5).sum())
assert count == expected, (
    f"`cold_days` should still be {expected}, but it is {count}."
)
warmer = {"temp_mean": value("temp_mean") + 100}
assert run(["cold_days"], overrides=warmer)["cold_days"] == 0, (
    "`cold_days` has the parameter `temp_mean`, but still computes the mean itself. "
    "Count the values of `temp_mean` instead."
)
assert not reads("cold_days", "weather"), (
    "`cold_days` does not need `weather` any more. Remove that parameter."
)
