found = value("above_mean")
assert isinstance(found, list), (
    "`above_mean` should be called for each airline, but it is called once, and its "
    f"type is {type(found).__name__}. Annotate its parameter `delay` with `float`."
)
expect(
    lambda: reads("above_mean", "delay") and reads("above_mean", "mean_delay"),
    "`above_mean` depends on `delay` and `mean_delay`.",
    hint="`above_mean` should depend on `delay` and `mean_delay`. Give it parameters with these names.",
)
try:
    result = call("above_mean", delay=5.0, mean_delay=3.0)
except Exception:
    result = None
expect(
    isinstance(result, float) and same(result, 2.0),
    "`above_mean` computes the difference for one airline.",
    hint="For a delay of 5 minutes and a mean of 3, `above_mean` should return 2.0, but it fails. It is called with the delay of one airline: `delay: float`."
    if result is None
    else f"For a delay of 5 minutes and a mean of 3, `above_mean` should return 2.0, but it returns {result}. Subtract `mean_delay` from `delay`.",
)
delays, mean = value("delay"), value("mean_delay")
is_close = len(found) == len(delays) and all(
    isinstance(item, (int, float)) and abs(item - (delay - mean)) < 0.051
    for item, delay in zip(found, delays)
)
expect(
    is_close,
    "The value of `above_mean` has the difference for each airline.",
    hint="Each element of `above_mean` should be the delay of an airline minus `mean_delay`, in minutes.",
)
tried = run(["above_mean"], overrides={"delay": [2.0, 4.0, 9.0]})["above_mean"]
expect(
    same(tried, [-3.0, -1.0, 4.0]),
    "`above_mean` is correct for other delays, too.",
    hint=f"For delays of 2, 4 and 9 minutes, `above_mean` should be [-3.0, -1.0, 4.0], but it is {tried}.",
)
expect(
    lambda: unchanged("mean_delay", "delay"),
    "`delay` and `mean_delay` are the same as before.",
    hint="`delay` and `mean_delay` should be the same as before. Restore them.",
)
