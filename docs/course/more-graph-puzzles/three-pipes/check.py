def pipe(name):
    return {
        f"{name}.raw": [],
        f"{name}.stripped": [f"{name}.raw"],
        f"{name}.lowered": [f"{name}.stripped"],
        name: [f"{name}.lowered"],
    }


check_puzzle(
    {**pipe("city"), **pipe("river"), **pipe("lake")},
    values={"city": "oslo", "river": "akerselva", "lake": "mjosa"},
    functions=3,
)
for name in ("city", "river", "lake"):
    before = [
        other
        for last in (node(name).depends_on if name in nodes else ())
        for other in node(last).depends_on
    ]
    expect(
        lambda: [value(other).lower() for other in before] == [value(name)],
        f"`{name}` is stripped first.",
        hint=f"Strip the value of `{name}` in the first step, and convert it to lowercase in the second.",
    )
