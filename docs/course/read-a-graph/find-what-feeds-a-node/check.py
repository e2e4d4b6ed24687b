TARGET = "flood_alert"
feeds = upstream(TARGET)


def listed(names):
    ordered = sorted(names)
    shown = ", ".join(f"`{name}`" for name in ordered[:4])
    more = len(ordered) - 4
    return f"{shown} and {more} more" if more > 0 else shown


chosen = selected - {TARGET}
below = chosen & downstream(TARGET)
unrelated = chosen - feeds - below
missing = feeds - chosen
assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
assert not below, (
    f"{listed(below)}: downstream of `flood_alert`, so it uses the alert. Put the "
    "`+` before the name to select what is upstream."
)
assert not unrelated, (
    f"{listed(unrelated)}: no path leads from here to `flood_alert`. Select "
    "only nodes upstream of it."
)
assert chosen, (
    "`flood_alert` is the node itself. Put a `+` before its name to select what "
    "is upstream, too."
)
assert not missing, (
    f"The selected nodes are correct, but the selection lacks {len(missing)} of the "
    f"{len(feeds)} nodes upstream of `flood_alert`. Continue to the measurements: "
    "`+` without a number has no limit."
)
