loaders = {name for name in nodes if node(name).module == "loaders"}
needed = {
    source for name in nodes - loaders for source in node(name).depends_on
} & loaders


def listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


assert selected, (
    "No nodes are selected. Tap or click nodes in the graph, or type a selector into "
    "the box above it."
)
others = selected - loaders
assert not others, (
    f"{listed(others)}: in transforms.py, which is not replaced. Select "
    "nodes in loaders.py."
)
private = selected - needed
assert not private, (
    f"{listed(private)}: not used by any node in transforms.py, so not part of the "
    "interface. Select the nodes with an edge to the other module."
)
missing = needed - selected
assert not missing, (
    f"{listed(selected)}: correct, but incomplete. Another node in "
    "loaders.py has an edge to a node in transforms.py."
)
