heating = run(["degree_hours"])["degree_hours"]
expect(
    lambda: same(heating, start.value("degree_hours")),
    "Without a config, `degree_hours` is the heating demand.",
    hint=f"Without a config, `degree_hours` should still be the heating demand, {start.value('degree_hours'):,.1f}, but it is {heating:,.1f}.",
)
cooling = run(["degree_hours"], config={"mode": "cooling"})["degree_hours"]
correct = float((start.value("temps") - 70).clip(lower=0).sum())
expect(
    same(cooling, correct),
    'With `mode="cooling"`, `degree_hours` is the cooling demand.',
    hint=f'With the config `mode="cooling"`, `degree_hours` should be the cooling demand, {correct:,.1f}, but it is {cooling:,.1f}.',
)
expect(
    lambda: "mode" not in upstream("degree_hours"),
    "No variant has the parameter `mode`.",
    hint="`degree_hours` still depends on `mode`. Remove that parameter: the decorators read the config.",
)
expect(
    lambda: not reads("degree_hours", "cooling_limit"),
    "The heating variant does not read `cooling_limit`.",
    hint="The heating variant does not use `cooling_limit`. Remove that parameter from it.",
)
expect(
    lambda: (
        reads("degree_hours", "heating_limit")
        and reads("degree_hours", "temps")
    ),
    "The heating variant reads `temps` and `heating_limit`.",
    hint="The heating variant should read `temps` and `heating_limit`. Use the parameters instead of copying a number.",
)
moved = run(
    ["degree_hours"],
    config={"mode": "cooling"},
    overrides={"cooling_limit": 60.0},
)["degree_hours"]
expect(
    lambda: same(moved, float((start.value("temps") - 60).clip(lower=0).sum())),
    "The cooling variant reads `cooling_limit`.",
    hint="The cooling variant should read `cooling_limit`: when the check overrides `cooling_limit` with 60 °F, `degree_hours` does not change as it should.",
)
