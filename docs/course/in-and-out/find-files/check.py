roles = {name: node(name).tags.get("headwater.role") for name in nodes}
loaders = {name for name, role in roles.items() if role == "loader"}
savers = {name for name, role in roles.items() if role == "saver"}


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
values = {name for name in selected if f"{name}.loader" in loaders}
assert not values, (
    f"Deselect {listed(values)}: the node that reads the file has the same "
    "name with `.loader` at the end."
)
other = selected - loaders - savers
assert not other, (
    f"{listed(other)}: neither a loader nor a saver. A decorated function is a "
    "separate node, which does not touch the file."
)
for kind, names in (("loaders", loaders), ("savers", savers)):
    missing = len(names - selected)
    assert not missing, (
        f"You selected {len(names) - missing} of the {len(names)} {kind}. "
        "Select nodes by their tag instead of their name."
    )
