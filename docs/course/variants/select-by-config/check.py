expect(
    lambda: "city" not in upstream("temps"),
    "`temps` has no `if`: its variants have no parameters.",
    hint="`temps` depends on `city`. Write two functions without parameters instead, each with a decorator from `config`.",
)
expect(
    lambda: node("temps").kind == "function",
    "Without a config, a function computes `temps`.",
    hint="Without a config, no function computes `temps`. Name the first variant `temps__seattle`, with two underscores, and put `@config.otherwise` above it.",
)
expect(
    lambda: same(run(["mean_temp"])["mean_temp"], start.value("mean_temp")),
    "Without a config, the dataflow uses Seattle.",
    hint=f"Without a config, `mean_temp` should be that of Seattle, 52.03 °F, but it is {run(['mean_temp'])['mean_temp']:.2f} °F.",
)
kind = type(run(["temps"], config={"city": "sf"})["temps"]).__name__
assert kind == "Series", (
    f'With the config `city="sf"`, `temps` should be a Series, but its type is {kind}. Select the column `temp`.'
)
sf = run(["mean_temp", "warm_hours"], config={"city": "sf"})
expect(
    abs(sf["mean_temp"] - 56.924) < 0.01,
    'With `city="sf"`, the dataflow uses San Francisco.',
    hint=f'With the config `city="sf"`, `mean_temp` should be that of San Francisco, 56.92 °F, but it is {sf["mean_temp"]:.2f} °F.',
)
other = run(["mean_temp"], config={"city": "paris"})["mean_temp"]
expect(
    abs(other - 52.028) < 0.01,
    "With any other city, the dataflow uses Seattle.",
    hint=f"With any other city, `mean_temp` should be 52.03 °F, but it is {other:.2f} °F.",
)
expect(
    lambda: reads("mean_temp", "temps") and reads("warm_hours", "temps"),
    "`mean_temp` and `warm_hours` still depend on `temps`.",
    hint="`mean_temp` and `warm_hours` should still read `temps`. Keep their parameters: the part after the double underscore is not part of the node's name.",
)
expect(
    lambda: sf["warm_hours"] == 1126,
    "`warm_hours` is unchanged.",
    hint=f"`warm_hours` should count the hours above 65 °F: 1126 in San Francisco, but it is {sf['warm_hours']}.",
)
