expect(
    lambda: not depends("smoothed", on="hours"),
    "Without a config, `smoothed` does not depend on `hours`.",
    hint="Without a config, `smoothed` depends on `hours`. Select between two functions with `config.where`, and make the condition true only for more than 1 hour.",
)
temps = start.value("temps")
plain = run(["smoothed"])["smoothed"]
expect(
    same(plain, temps),
    "Without a config, `smoothed` equals `temps`.",
    hint="Without a config, `smoothed` should equal `temps`. Give the parameter of the condition a default of 1.",
)
for hours in (6, 24):
    smoothed = run(["smoothed"], config={"hours": hours})["smoothed"]
    expect(
        same(smoothed, temps.rolling(hours).mean()),
        f"With `hours={hours}`, `smoothed` is the mean of the last {hours} hours.",
        hint=f"With the config `hours={hours}`, `smoothed` should be the mean of the last {hours} hours: {temps.rolling(hours).mean().min():.2f} °F in the coldest hours, but it is {smoothed.min():.2f} °F.",
    )
for hours in (1, 0):
    expect(
        same(run(["smoothed"], config={"hours": hours})["smoothed"], temps),
        f"With `hours={hours}`, `smoothed` equals `temps`.",
        hint=f"With the config `hours={hours}`, `smoothed` should equal `temps`. The condition should be true only for more than 1 hour.",
    )
expect(
    lambda: reads("coldest", "smoothed"),
    "`coldest` reads `smoothed`.",
    hint="`coldest` should still read `smoothed`.",
)
