alerts = {name for name in nodes if node(name).module == "alerts"}
broken = downstream("rain") & alerts


def listed(names):
    ordered = sorted(names)
    shown = ", ".join(f"`{name}`" for name in ordered[:4])
    more = len(ordered) - 4
    return f"{shown} and {more} more" if more > 0 else shown


outside = selected - alerts
intact = (selected & alerts) - broken
missing = broken - selected
assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
assert not outside, (
    f"{listed(outside)}: not in alerts.py. Select only nodes of that module: "
    "add `& module:alerts` to the selector."
)
assert not intact, (
    f"{listed(intact)}: still correct without the rain gauge, because no path "
    "leads there from `rain`."
)
assert not missing, (
    f"All selected nodes have wrong values, but so {'does' if len(missing) == 1 else 'do'} "
    f"{len(missing)} more. A path from `rain` can also lead through other modules, "
    "and every node on it has a wrong value."
)
