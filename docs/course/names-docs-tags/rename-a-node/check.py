assert "data2" not in nodes or "manufacturing_jobs" in nodes, (
    "`data2` is still a node. Rename it to `manufacturing_jobs`."
)
users = ["manufacturing_share", "lowest_month", "jobs_lost"]
expect(
    lambda: same(value("manufacturing_jobs"), start.value("data2")),
    "`manufacturing_jobs` has the values that `data2` had.",
    hint="`manufacturing_jobs` should have the values of `data2`: the column `manufacturing` of `employment`. Change names only.",
)
expect(
    "data2" not in nodes,
    "No node is called `data2`.",
    hint="`data2` is still a node, so the value now has two names. Rename its function instead of adding another one."
    if "data2" in nodes and node("data2").kind == "function"
    else "A function still has a parameter `data2`, which is now an input without a value. Rename it in report.py, too.",
)
others = [
    name
    for name in users
    if name not in nodes or not reads(name, "manufacturing_jobs")
]
expect(
    not others,
    "All three functions in report.py depend on `manufacturing_jobs`.",
    hint=f"`{others[0] if others else ''}` should depend on `manufacturing_jobs` instead of `data2`. Rename its parameter.",
)


def differing():
    return [name for name in users if not same(value(name), start.value(name))]


expect(
    lambda: not differing(),
    "The values of these functions are the same as before.",
    hint=lambda: (
        f"The value of `{differing()[0]}` has changed. A rename should change only names."
    ),
)
