sectors = ("construction", "manufacturing", "information", "government")
missing = [name for name in sectors if not reads("fastest", f"yoy_{name}")]
expect(
    not missing,
    "`fastest` reads the four nodes `yoy_...`.",
    hint=f"`fastest` should read the four nodes `yoy_...`, but it does not read {', '.join(f'`yoy_{name}`' for name in missing)}. Collect them with `group`.",
)
expect(
    lambda: not reads("fastest", "jobs"),
    "`fastest` does not read `jobs`.",
    hint="`fastest` should not read `jobs` any more: the nodes `yoy_...` contain the growth.",
)
expect(
    lambda: value("fastest") == start.value("fastest"),
    "`fastest` is unchanged.",
    hint=f"`fastest` should still be {start.value('fastest')!r}, but it is {value('fastest')!r}.",
)
growth = value("yoy_information").copy()
growth.iloc[-1] = 0.5
moved = run(["fastest"], overrides={"yoy_information": growth})["fastest"]
expect(
    moved == "information",
    "If another sector grows faster in the latest month, `fastest` is that sector.",
    hint=f"The check set the latest value of `yoy_information` to 0.5. Then `fastest` should be 'information', but it is {moved!r}. Compare the latest values of the nodes.",
)
