between = upstream("worst_day") & downstream("quiet_days") | {
    "quiet_days",
    "worst_day",
}


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
after = selected - between - upstream("worst_day")
assert not after, (
    f"{listed(after)}: not upstream of `worst_day`, so not an explanation "
    "of the bad forecast."
)
before = selected - between
assert not before, (
    f"{listed(before)}: not downstream of `quiet_days`, so not affected by "
    "a wrong date."
)
ends = {"quiet_days", "worst_day"} - selected
assert not ends, f"{listed(ends)}: select both ends of the paths, too."
missing = len(between - selected)
assert not missing, (
    f"All selected nodes are correct, but {missing} "
    f"{'is' if missing == 1 else 'are'} missing. Follow each edge from "
    "`quiet_days`, and keep the nodes that lead to `worst_day`."
)
